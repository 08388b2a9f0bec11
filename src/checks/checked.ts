import type { Problem } from '#foundation/index.ts';
import { compareTexts } from '#foundation/index.ts';
import { severityRank } from '#model/index.ts';
import type { ChecksEvaluation } from './evaluate.ts';
import type { MisconfigurationFinding } from './finding.ts';
import { type ChecksSummary, ChecksTally } from './summary.ts';

/** What checking everything that there is to check gave. */
export interface Checked {
  /** Worst first, then by path and line. */
  readonly findings: readonly MisconfigurationFinding[];
  readonly summary: ChecksSummary;
  readonly problems: readonly Problem[];
}

/** Takes evaluations one by one, and of each keeps its findings and problems: there may be tens of thousands. */
export function joined(evaluations: Iterable<ChecksEvaluation>): Checked {
  const summary = new ChecksTally();
  const findings: MisconfigurationFinding[] = [];
  const problems: Problem[] = [];
  for (const evaluation of evaluations) {
    summary.add(evaluation);
    for (const finding of evaluation.findings) findings.push(finding);
    problems.push(...evaluation.problems);
  }
  return { findings: findings.sort(compareFindings), summary: summary.total(), problems };
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
