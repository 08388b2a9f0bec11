import { severityRank } from '#model/index.ts';
import type { StandingDecision } from './finding.ts';
import type { SubmittedFinding, SubmittedOccurrence } from './submission.ts';

/** All that one report says about one finding: the same vulnerability of the same package may be at several places. */
export interface FindingGroup extends Omit<SubmittedFinding, 'ids'> {
  readonly rule: string;
}

/** @param ruleOf the name under which a finding is kept */
export function groupFindings(
  findings: readonly SubmittedFinding[],
  ruleOf: (finding: SubmittedFinding) => string,
): readonly FindingGroup[] {
  const groups = new Map<string, SubmittedFinding[]>();
  const rules = new Map<string, string>();
  for (const finding of findings) {
    const rule = ruleOf(finding);
    const key = JSON.stringify([finding.kind, rule, finding.subject]);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [finding]);
      rules.set(key, rule);
    } else group.push(finding);
  }
  return [...groups].map(([key, members]) => merge(members, rules.get(key) ?? ''));
}

function merge(members: readonly SubmittedFinding[], rule: string): FindingGroup {
  const [worst, ...others] = members.toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity));
  if (worst === undefined) throw new RangeError('a group has members');
  const { ids: _, decision: __, ...first } = worst;
  const decision = decisionOf(members);
  return {
    ...first,
    rule,
    rank: Math.max(...members.map(({ rank }) => rank)),
    isExploited: members.some(({ isExploited }) => isExploited),
    ...(decision && { decision }),
    occurrences: distinct([worst, ...others].flatMap(({ occurrences }) => occurrences)),
  };
}

/** It is decided when all of it is. */
function decisionOf(members: readonly SubmittedFinding[]): StandingDecision | undefined {
  return members.every(({ decision }) => decision !== undefined) ? members[0]?.decision : undefined;
}

function distinct(occurrences: readonly SubmittedOccurrence[]): SubmittedOccurrence[] {
  const places = occurrences.map((one) => [JSON.stringify([one.location, one.package]), one] as const);
  return [...new Map(places).values()];
}
