import type { Decision } from '#model/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';
import { stateWords } from '../wording.ts';

/**
 * What was decided about a finding. Where nobody has, only what the publisher said of this release is passed on: `exploitable` and
 * the like say that somebody looked at this use, and a scan did not.
 * https://cyclonedx.org/docs/1.6/json/#vulnerabilities_items_analysis
 */
export function analysis(one: VulnerabilityFinding): unknown {
  if (one.decision) return decidedAnalysis(one.decision);
  switch (one.state) {
    case 'not-affected':
      return { state: 'not_affected', detail: noteOf(one) };
    case 'will-not-fix':
    case 'end-of-life':
      return { response: ['will_not_fix'], detail: noteOf(one) };
    case 'fixed':
      return { response: ['update'], detail: noteOf(one) };
    default:
      return { state: 'in_triage', detail: noteOf(one) };
  }
}

/** Findings that are decided alike share an entry. */
export function analysisKey({ decision }: VulnerabilityFinding): string {
  return decision === undefined ? '' : JSON.stringify(decidedAnalysis(decision));
}

/** How it is with the installed version, when the decision is counted in. */
export function affectedStatus({ decision, state }: VulnerabilityFinding): 'affected' | 'unaffected' | 'unknown' {
  if (decision && FREE.has(decision.state)) return 'unaffected';
  if (state === 'not-affected') return 'unaffected';
  return state === 'unknown' || state === 'under-investigation' ? 'unknown' : 'affected';
}

const FREE: ReadonlySet<Decision['state']> = new Set(['not-affected', 'false-positive', 'fixed']);

/** Words of OpenVEX and what CycloneDX calls the same. Its own words stay. */
const JUSTIFICATIONS: ReadonlyMap<string, string> = new Map([
  ['component_not_present', 'code_not_present'],
  ['vulnerable_code_not_present', 'code_not_present'],
  ['vulnerable_code_not_in_execute_path', 'code_not_reachable'],
  ['inline_mitigations_already_exist', 'protected_by_mitigating_control'],
  ...[
    'requires_configuration',
    'requires_dependency',
    'requires_environment',
    'protected_by_compiler',
    'protected_at_runtime',
    'protected_at_perimeter',
    'protected_by_mitigating_control',
  ].map((word) => [word, word] as const),
]);

function decidedAnalysis(decision: Decision): {
  state?: string;
  response?: string[];
  justification?: string;
  detail: string;
} {
  const justification = JUSTIFICATIONS.get(decision.justification ?? '');
  return {
    ...STATES[decision.state],
    ...(justification !== undefined && { justification }),
    detail: detailOf(decision),
  };
}

/** An accepted risk is a response and not a word on whether it can be exploited. */
const STATES: Readonly<Record<Decision['state'], { state?: string; response?: string[] }>> = {
  'not-affected': { state: 'not_affected' },
  'false-positive': { state: 'false_positive' },
  fixed: { state: 'resolved' },
  affected: { state: 'exploitable' },
  'under-investigation': { state: 'in_triage' },
  accepted: { response: ['will_not_fix'] },
  deferred: { state: 'in_triage' },
};

function detailOf({ source, state, reason, author, expires, statedIn }: Decision): string {
  const by = author === undefined ? '' : ` by ${author}`;
  const until = expires === undefined ? '' : ` until ${expires}`;
  return `${state}${by}${until}: ${reason} (${source}, ${statedIn})`;
}

function noteOf(one: VulnerabilityFinding): string {
  const notes = one.evidence.flatMap((each) => each.note ?? []);
  return [`The publisher says: ${stateWords[one.state]}`, ...new Set(notes)].join('; ');
}
