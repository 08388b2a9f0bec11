import type { MisconfigurationFinding } from '#checks/index.ts';
import { type Paint, painter, printable, type Style } from '#foundation/index.ts';
import type { LicenceFinding } from '#licences/index.ts';
import type { MalwareFinding } from '#malware/index.ts';
import { isClosing } from '#model/index.ts';
import { isOpen } from '#policy/index.ts';
import type { Finding, ScanReport } from '#scan/index.ts';
import type { SecretFinding } from '#secrets/index.ts';
import { planRemediation, type RemediationPlan, type VulnerabilityFinding } from '#vulnerability/index.ts';
import { wrapTo } from '../columns.ts';
import type { ReporterOptions } from '../reporter.ts';
import { openVulnerabilities } from '../tally.ts';

/** The room that there is on the terminal, and whether it has colours. */
export interface Room {
  readonly width: number;
  readonly paint: Paint;
}

export function roomOf(options: Pick<ReporterOptions, 'width' | 'color'>): Room {
  const width = Math.min(widest, Math.max(narrowest, Math.trunc(options.width) || 80));
  return { width, paint: painter(options.color) };
}

/** What every section of the table reads: the report, what was derived from it once, and the room there is. */
export interface View extends Room {
  readonly report: ScanReport;
  /** The open vulnerabilities. */
  readonly open: readonly VulnerabilityFinding[];
  readonly malware: readonly MalwareFinding[];
  readonly secrets: readonly SecretFinding[];
  readonly misconfigurations: readonly MisconfigurationFinding[];
  readonly licences: readonly LicenceFinding[];
  /** Findings of any kind that a decision closed. */
  readonly decided: readonly Finding[];
  readonly plan: RemediationPlan;
  readonly verbose: boolean;
  readonly explain: boolean;
}

const narrowest = 40;
const widest = 160;

export function viewOf(report: ScanReport, options: ReporterOptions): View {
  const open = openVulnerabilities(report);
  const others = report.findings.filter(isOpen);
  return {
    report,
    open,
    malware: others.filter((one) => one.kind === 'malware'),
    secrets: others.filter((one) => one.kind === 'secret'),
    misconfigurations: others.filter((one) => one.kind === 'misconfiguration'),
    licences: others.filter((one) => one.kind === 'licence'),
    decided: report.findings.filter(({ decision }) => decision !== undefined && isClosing(decision)),
    plan: planRemediation(open, report.distribution),
    verbose: options.verbose,
    explain: options.explain === true,
    ...roomOf(options),
  };
}

/** Fewer columns than this beside a lead are no place for text. */
const leastRoom = 12;

/**
 * A text over as many lines as it needs; the first line begins with `lead`, the others are indented as far. On a terminal too narrow
 * for that the text begins on a line of its own.
 */
export function hanging(view: Room, lead: string, text: string, style?: Style): string[] {
  if (view.width - lead.length < leastRoom) return [lead.trimEnd(), ...hanging(view, '    ', text, style)];
  const indent = ' '.repeat(lead.length);
  return wrapTo(printable(text), view.width - lead.length).map((line, index) => {
    const shown = style === undefined ? line : view.paint(style, line);
    return `${index === 0 ? lead : indent}${shown}`;
  });
}
