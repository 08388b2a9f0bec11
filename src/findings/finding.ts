/** Where a finding stands. Every other state than these six is a mistake of whoever writes it. */
export const findingStates = ['open', 'in-progress', 'fixed', 'accepted', 'false-positive', 'not-affected'] as const;

export type FindingState = (typeof findingStates)[number];

/** The states that somebody can decide on. `fixed` is not among them: it is proven by a scan. */
export const decidedStates = ['accepted', 'false-positive', 'not-affected'] as const;

export type DecidedState = (typeof decidedStates)[number];

/** Why a finding is in a decided state, and until when. */
export interface StandingDecision {
  readonly state: DecidedState;
  /** `person`: by triage; `exception`: of the server; `report`: VEX, exceptions or a baseline in what was uploaded; `publisher`: of the advisory. */
  readonly source: 'person' | 'exception' | 'report' | 'publisher';
  /** In the words of whoever decided. */
  readonly reason: string;
  /** As OpenVEX has it: `vulnerable_code_not_in_execute_path`. */
  readonly justification?: string;
  /** Id of the exception, or the file that says so. */
  readonly statedIn?: string;
  /** Who, as far as it is not an account of the server. */
  readonly author?: string;
  /** ISO 8601. From then on it no longer holds, and the finding opens again. */
  readonly until?: string;
}

/** What the life cycle looks at. */
export interface FindingStanding {
  readonly state: FindingState;
  /** Kept while the finding is fixed: when it comes back, what was decided still holds. */
  readonly decision?: StandingDecision;
  /** Account. */
  readonly assignee?: string;
  readonly dueAt?: Date;
  /** The due date was set by a person: the policy does not move it. */
  readonly isDueSetByHand: boolean;
  readonly fixedAt?: Date;
  /** How often it was opened again. */
  readonly reopened: number;
}

export function isOpenState(state: FindingState): boolean {
  return state === 'open' || state === 'in-progress';
}

/** Whether a decision holds at that moment. */
export function holds({ until }: StandingDecision, now: Date): boolean {
  return until === undefined || Date.parse(until) > now.getTime();
}
