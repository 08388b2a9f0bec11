import { type State, states } from './words.ts';

/** What of the screen stands in its address. */
export interface ComplianceSearch {
  /** Id of a team; absent: everything that one sees. */
  readonly team?: string;
}

export interface FrameworkSearch extends ComplianceSearch {
  /** Absent: all. */
  readonly state?: State;
  /** The clause that is told of beside the list. */
  readonly clause?: string;
}

export function readComplianceSearch({ team }: Readonly<Record<string, unknown>>): ComplianceSearch {
  return typeof team === 'string' && /^[0-9a-f-]{36}$/.test(team) ? { team } : {};
}

export function readFrameworkSearch(given: Readonly<Record<string, unknown>>): FrameworkSearch {
  const { state, clause } = given;
  const known = states.find((one) => one === state);
  // Numbers of clauses such as 4.3 are read as numbers by the router.
  const named = typeof clause === 'number' ? String(clause) : clause;
  return {
    ...readComplianceSearch(given),
    ...(known && { state: known }),
    ...(typeof named === 'string' && named.length > 0 && named.length <= 100 && { clause: named }),
  };
}
