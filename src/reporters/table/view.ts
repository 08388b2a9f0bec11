import { printable } from '#foundation/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { planRemediation, type RemediationPlan, type VulnerabilityFinding } from '#vulnerability/index.ts';
import { wrapTo } from '../columns.ts';
import type { ReporterOptions } from '../reporter.ts';
import { openVulnerabilities } from '../tally.ts';
import { type Paint, painter, type Style } from './paint.ts';

/** What every section of the table reads: the report, what was derived from it once, and the room there is. */
export interface View {
  readonly report: ScanReport;
  readonly open: readonly VulnerabilityFinding[];
  readonly plan: RemediationPlan;
  readonly width: number;
  readonly verbose: boolean;
  readonly paint: Paint;
}

const narrowest = 40;
const widest = 160;

export function viewOf(report: ScanReport, options: ReporterOptions): View {
  const open = openVulnerabilities(report);
  return {
    report,
    open,
    plan: planRemediation(open, report.distribution),
    width: Math.min(widest, Math.max(narrowest, Math.trunc(options.width) || 80)),
    verbose: options.verbose,
    paint: painter(options.color),
  };
}

/** Fewer columns than this beside a lead are no place for text. */
const leastRoom = 12;

/**
 * A text over as many lines as it needs; the first line begins with `lead`, the others are indented as far. On a terminal too narrow
 * for that the text begins on a line of its own.
 */
export function hanging(view: View, lead: string, text: string, style?: Style): string[] {
  if (view.width - lead.length < leastRoom) return [lead.trimEnd(), ...hanging(view, '    ', text, style)];
  const indent = ' '.repeat(lead.length);
  return wrapTo(printable(text), view.width - lead.length).map((line, index) => {
    const shown = style === undefined ? line : view.paint(style, line);
    return `${index === 0 ? lead : indent}${shown}`;
  });
}
