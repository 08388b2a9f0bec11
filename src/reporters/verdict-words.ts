import type { PolicyDecision, PolicyVerdict } from '#policy/verdict/index.ts';
import { counted } from './wording.ts';

const OUTCOMES = {
  denied: 'Denied by policy',
  warned: 'Allowed, with warnings',
  allowed: 'Allowed by policy',
  'not-decided': 'Not decided',
} as const;

/** `Denied by policy: 3 refusals of 2 policies; 14 of 16 policies were asked about 41 objects` */
export function verdictWords({ outcome, decisions, policies, evaluations }: PolicyVerdict): string {
  const asked = policies.filter(({ objects }) => objects > 0).length;
  const judged = evaluations.passed + evaluations.failed + evaluations.ignored;
  const reach = `${asked} of ${counted(policies.length, 'policy', 'policies')} had something to judge, ${counted(judged, 'time')}`;
  return `${OUTCOMES[outcome]}: ${[...standing(decisions), reach].join('; ')}`;
}

const WORDS: readonly (readonly [PolicyDecision['outcome'], string, string])[] = [
  ['denied', 'denial', 'denials'],
  ['warned', 'warning', 'warnings'],
  ['ignored', 'error let pass', 'errors let pass'],
  ['audited', 'note', 'notes'],
  ['excepted', 'excepted', 'excepted'],
];

function standing(decisions: readonly PolicyDecision[]): string[] {
  return WORDS.flatMap(([outcome, one, many]) => {
    const count = decisions.filter((decision) => decision.outcome === outcome).length;
    return count === 0 ? [] : [counted(count, one, many)];
  });
}

/** Decisions that say the same of several objects, together; in the order of the verdict. */
export function decisionGroups(decisions: readonly PolicyDecision[]): PolicyDecision[][] {
  const keyOf = ({ outcome, policy, message, exception }: PolicyDecision): string =>
    `${outcome}\0${policy}\0${message}\0${exception?.statedIn ?? ''}`;
  return [...Map.groupBy(decisions, keyOf).values()];
}
