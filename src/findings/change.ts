import { err, ok, type Result } from '#foundation/index.ts';
import { type FindingStanding, holds, isOpenState, type StandingDecision } from './finding.ts';

/** Why a finding is open again. */
export type ReopenCause =
  /** An artifact has it again. */
  | { readonly kind: 'came-back'; readonly digest: string }
  | { readonly kind: 'exception-expired' | 'exception-revoked'; readonly exception?: string }
  /** What decided about it no longer says so, or says that it is affected. */
  | { readonly kind: 'decision-withdrawn'; readonly statedIn?: string }
  | { readonly kind: 'advisory-changed'; readonly advisory: string }
  | { readonly kind: 'person'; readonly reason: string };

/** Everything that can happen to a finding that is there. */
export type FindingChange =
  /** Somebody works on it. */
  | { readonly kind: 'start' }
  /** Nobody works on it any more. */
  | { readonly kind: 'stop' }
  /** What a report decides about a fixed finding is kept for when it comes back. */
  | { readonly kind: 'decide'; readonly decision: StandingDecision }
  | { readonly kind: 'reopen'; readonly cause: ReopenCause }
  /** Undefined: nobody's. */
  | { readonly kind: 'assign'; readonly assignee: string | undefined }
  /** `byHand`: by a person; the policy then leaves it alone. */
  | { readonly kind: 'due'; readonly dueAt: Date | undefined; readonly byHand: boolean; readonly reason: string }
  | { readonly kind: 'comment'; readonly text: string }
  /** Proven by complete scans; never by a person's word. */
  | { readonly kind: 'fix'; readonly provenBy: readonly string[] }
  /** An artifact has it again after it was fixed: what was decided before still holds if it has not expired. `cause`: not the artifact has changed. */
  | { readonly kind: 'return'; readonly digest: string; readonly cause?: ReopenCause };

/** What is written to the history of the finding. */
export interface FindingEvent {
  /** `decided`, `reopened`, … */
  readonly kind: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface ChangedFinding {
  readonly finding: FindingStanding;
  /** Absent when it was so before: then there is nothing to write. */
  readonly event?: FindingEvent;
}

/**
 * The one place where a finding changes: by people, exceptions and scans alike. Pure. An error is a sentence that says why it cannot be.
 *
 * @example changeState(finding, { kind: 'decide', decision: { state: 'accepted', source: 'person', reason: 'not reachable' } }, now)
 */
export function changeState(finding: FindingStanding, change: FindingChange, now: Date): Result<ChangedFinding> {
  switch (change.kind) {
    case 'start':
      return start(finding);
    case 'stop':
      return ok(finding.state === 'in-progress' ? to({ ...finding, state: 'open' }, finding, 'stopped') : { finding });
    case 'decide':
      return decide(finding, change.decision, now);
    case 'reopen':
      return reopen(finding, change.cause);
    case 'assign':
      return ok(assign(finding, change.assignee));
    case 'due':
      return ok(setDue(finding, change));
    case 'comment':
      if (change.text.trim() === '') return err('A comment needs words.');
      return ok({ finding, event: { kind: 'commented', details: { text: change.text } } });
    case 'fix':
      if (finding.state === 'fixed') return ok({ finding });
      return ok(
        to({ ...finding, state: 'fixed', fixedAt: now }, finding, 'fixed', { provenBy: change.provenBy.slice(0, 20) }),
      );
    case 'return':
      return ok(comeBack(finding, change, now));
  }
}

function to(
  finding: FindingStanding,
  { state }: FindingStanding,
  kind: string,
  details: Readonly<Record<string, unknown>> = {},
): ChangedFinding {
  return { finding, event: { kind, details: { from: state, to: finding.state, ...details } } };
}

function start(finding: FindingStanding): Result<ChangedFinding> {
  if (finding.state === 'in-progress') return ok({ finding });
  if (finding.state !== 'open') return err(`The finding is ${finding.state}; reopen it before somebody works on it.`);
  return ok(to({ ...finding, state: 'in-progress' }, finding, 'started'));
}

function decide(finding: FindingStanding, decision: StandingDecision, now: Date): Result<ChangedFinding> {
  const isFixed = finding.state === 'fixed';
  if (isFixed && (decision.source === 'person' || decision.source === 'exception'))
    return err('The finding is fixed: there is nothing to decide about.');
  if (decision.reason.trim() === '') return err('A decision needs a reason.');
  if (!holds(decision, now)) return err('The decision would end before it begins.');
  const state = isFixed ? finding.state : decision.state;
  if (finding.state === state && sameDecision(finding.decision, decision)) return ok({ finding });
  return ok(to({ ...finding, state, decision }, finding, 'decided', { decision }));
}

function sameDecision(one: StandingDecision | undefined, other: StandingDecision): boolean {
  const members = ['state', 'source', 'reason', 'justification', 'statedIn', 'author', 'until'] as const;
  return one !== undefined && members.every((name) => one[name] === other[name]);
}

function reopen(finding: FindingStanding, cause: ReopenCause): Result<ChangedFinding> {
  if (isOpenState(finding.state)) return ok({ finding });
  if (finding.state === 'fixed' && cause.kind === 'person')
    return err('A complete scan has proven the finding fixed; it opens again when a scan finds it.');
  if (finding.state === 'fixed') return ok(endDecision(finding, cause));
  if (cause.kind === 'person' && cause.reason.trim() === '') return err('Reopening needs a reason.');
  return ok(opened(finding, { cause }));
}

/** What is fixed stays so; when it comes back, it is open. */
function endDecision(finding: FindingStanding, cause: ReopenCause): ChangedFinding {
  const { decision, ...rest } = finding;
  return decision === undefined ? { finding } : to(rest, finding, 'decision-ended', { cause });
}

function comeBack(
  finding: FindingStanding,
  { digest, cause = { kind: 'came-back', digest } }: Extract<FindingChange, { kind: 'return' }>,
  now: Date,
): ChangedFinding {
  if (finding.state !== 'fixed') return { finding };
  const { decision, fixedAt: _, ...rest } = finding;
  if (decision === undefined || !holds(decision, now)) return opened(finding, { cause });
  return to({ ...rest, decision, state: decision.state }, finding, 'came-back', { digest, decision });
}

function opened(finding: FindingStanding, details: { readonly cause: ReopenCause }): ChangedFinding {
  const { decision: _, fixedAt: __, ...rest } = finding;
  return to({ ...rest, state: 'open', reopened: finding.reopened + 1 }, finding, 'reopened', details);
}

function assign(finding: FindingStanding, assignee: string | undefined): ChangedFinding {
  if (finding.assignee === assignee) return { finding };
  const { assignee: from, ...rest } = finding;
  return {
    finding: { ...rest, ...(assignee !== undefined && { assignee }) },
    event: { kind: 'assigned', details: { from: from ?? null, to: assignee ?? null } },
  };
}

function setDue(finding: FindingStanding, change: Extract<FindingChange, { kind: 'due' }>): ChangedFinding {
  if (finding.isDueSetByHand && !change.byHand) return { finding };
  const { dueAt: from, ...rest } = finding;
  if (from?.getTime() === change.dueAt?.getTime() && finding.isDueSetByHand === change.byHand) return { finding };
  return {
    finding: { ...rest, isDueSetByHand: change.byHand, ...(change.dueAt && { dueAt: change.dueAt }) },
    event: {
      kind: 'due-changed',
      details: {
        from: from?.toISOString() ?? null,
        to: change.dueAt?.toISOString() ?? null,
        byHand: change.byHand,
        reason: change.reason,
      },
    },
  };
}
