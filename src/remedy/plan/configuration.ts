import type { MisconfigurationFinding, SubjectKind } from '#checks/index.ts';
import { compareTexts } from '#foundation/index.ts';
import { isClosing, type Severity, severityRank } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';

/** What edits of files do about misconfiguration. */
export interface ConfigurationPlan {
  readonly totals: ConfigurationTotals;
  /** By path. */
  readonly files: readonly ConfigurationFile[];
}

/** Places in files that fail a check. */
interface ConfigurationTotals {
  readonly open: number;
  /** Gone when all steps are done. */
  readonly removed: number;
  /** Left: somebody must decide what is to be written. */
  readonly left: number;
}

export interface ConfigurationFile {
  /** Inside the target. */
  readonly path: string;
  readonly subject: SubjectKind;
  /** Worst first. */
  readonly steps: readonly ConfigurationStep[];
}

/** The places in one file at which one check fails and an edit mends it. */
export interface ConfigurationStep {
  /** What `--only` takes: `compose-new-privileges@compose.yaml`. */
  readonly id: string;
  /** Id of the check; `--only` takes it for all files. */
  readonly check: string;
  readonly title: string;
  readonly severity: Severity;
  /** From 1, ascending. */
  readonly lines: readonly number[];
  /** `text`: the file alone is needed. `registry`: it is asked for the digest of the image. */
  readonly needs: 'text' | 'registry';
  /** Who may miss what the edit takes away. Absent where nobody can. */
  readonly mayBreak?: string;
}

/** Checks that are mended with what a registry says. */
export const pinnedByRegistry: ReadonlySet<string> = new Set([
  'compose-image-not-pinned',
  'dockerfile-base-digest',
  'dockerfile-copy-from-image',
  'kubernetes-image-not-pinned',
]);

export function isMisconfiguration(finding: { readonly kind: string }): finding is MisconfigurationFinding {
  return finding.kind === 'misconfiguration';
}

export function isUndecided({ decision }: MisconfigurationFinding): boolean {
  return decision === undefined || !isClosing(decision);
}

/** Undefined where nobody looked. Only files of a directory can be edited; those in an image were made elsewhere. */
export function planConfiguration(report: ScanReport): ConfigurationPlan | undefined {
  if (!report.scanners.includes('misconfiguration')) return undefined;
  const open = report.findings.filter(isMisconfiguration).filter(isUndecided);
  const isDirectory = report.artifact.kind === 'tree' && report.artifact.scheme === 'directory';
  const mendable = isDirectory ? open.filter(isMendable) : [];
  const files = [...Map.groupBy(mendable, ({ location }) => location.path)].map(([path, findings]) => ({
    path,
    subject: findings[0]?.subject ?? 'compose',
    steps: stepsOf(path, findings),
  }));
  return {
    totals: { open: open.length, removed: mendable.length, left: open.length - mendable.length },
    files: files.sort((a, b) => compareTexts(a.path, b.path)),
  };
}

function isMendable({ id, fix }: MisconfigurationFinding): boolean {
  return fix !== undefined || pinnedByRegistry.has(id);
}

function stepsOf(path: string, findings: readonly MisconfigurationFinding[]): ConfigurationStep[] {
  const groups = Map.groupBy(findings, ({ id, fixMayBreak = '' }) => `${id}\0${fixMayBreak}`);
  return [...groups.values()]
    .flatMap((group) => stepOf(path, group))
    .sort((a, b) => severityRank(a.severity) - severityRank(b.severity) || compareTexts(a.check, b.check));
}

function stepOf(path: string, findings: readonly MisconfigurationFinding[]): ConfigurationStep[] {
  const [first] = findings;
  if (!first) return [];
  const { id: check, title, severity, fix, fixMayBreak } = first;
  const lines = [...new Set(findings.map(({ position }) => position.line))].sort((a, b) => a - b);
  return [
    {
      id: `${check}@${path}`,
      check,
      title,
      severity,
      lines,
      needs: fix === undefined ? 'registry' : 'text',
      ...(fixMayBreak !== undefined && { mayBreak: fixMayBreak }),
    },
  ];
}
