import type { Problem } from '#foundation/index.ts';
import { compareTexts } from '#foundation/index.ts';
import { severityRank } from '#model/index.ts';
import type { ChecksEvaluation } from './evaluate.ts';
import type { MisconfigurationFinding } from './finding.ts';
import { type ChecksSummary, summariseChecks } from './summary.ts';

/** What checking everything that there is to check gave. */
export interface Checked {
  /** Worst first, then by path and line. */
  readonly findings: readonly MisconfigurationFinding[];
  readonly summary: ChecksSummary;
  readonly problems: readonly Problem[];
}

export function joined(evaluations: readonly ChecksEvaluation[]): Checked {
  return {
    findings: evaluations.flatMap(({ findings }) => findings).sort(compareFindings),
    summary: summariseChecks(evaluations),
    problems: evaluations.flatMap(({ problems }) => problems),
  };
}

function compareFindings(a: MisconfigurationFinding, b: MisconfigurationFinding): number {
  return (
    severityRank(a.severity) - severityRank(b.severity) ||
    compareTexts(a.location.path, b.location.path) ||
    a.position.line - b.position.line ||
    a.position.column - b.position.column ||
    compareTexts(a.id, b.id)
  );
}
