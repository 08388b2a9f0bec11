import { err, ok, type Result } from '#foundation/index.ts';
import type { ExceptionStanding, ExceptionState } from './exception.ts';
import { DAY_MS, type ExceptionPolicy, latestEnd } from './policy.ts';

/** What people and time do to an exception. */
export type ExceptionStep =
  | { readonly kind: 'request' | 'reject' | 'revoke'; readonly account: string }
  | { readonly kind: 'approve'; readonly account: string }
  | { readonly kind: 'expire' };

/** From which states each step leads on. */
const FROM: Readonly<Record<ExceptionStep['kind'], readonly ExceptionState[]>> = {
  request: ['draft'],
  approve: ['requested'],
  reject: ['requested'],
  revoke: ['draft', 'requested', 'approved'],
  expire: ['approved', 'requested'],
};

const DONE: Readonly<Record<ExceptionStep['kind'], string>> = {
  request: 'requested',
  approve: 'approved',
  reject: 'rejected',
  revoke: 'revoked',
  expire: 'expired',
};

/** Where an exception stands after a step. Pure. An error is a sentence that says why it cannot be. */
export function advance(
  exception: ExceptionStanding,
  step: ExceptionStep,
  policy: ExceptionPolicy,
  now: Date,
): Result<ExceptionStanding> {
  if (!FROM[step.kind].includes(exception.state))
    return err(`It is ${exception.state}; it cannot be ${DONE[step.kind]} any more.`);
  switch (step.kind) {
    case 'request': {
      const fault = endFault(exception, policy, now);
      return fault === undefined ? ok({ ...exception, state: 'requested' }) : err(fault);
    }
    case 'approve':
      return approve(exception, step.account, policy, now);
    case 'reject':
      return step.account === exception.requester
        ? err('Nobody rejects a request of their own; revoke it.')
        : ok({ ...exception, state: 'rejected' });
    case 'revoke':
      return ok({ ...exception, state: 'revoked' });
    case 'expire':
      return exception.expiresAt > now ? err('It has not ended yet.') : ok({ ...exception, state: 'expired' });
  }
}

function approve(
  exception: ExceptionStanding,
  account: string,
  policy: ExceptionPolicy,
  now: Date,
): Result<ExceptionStanding> {
  if (account === exception.requester) return err('Nobody approves a request of their own.');
  if (exception.approvers.includes(account)) return err('You have approved it; somebody else has to as well.');
  const fault = endFault(exception, policy, now);
  if (fault !== undefined) return err(fault);
  const approvers = [...exception.approvers, account];
  const needed = Math.max(1, policy.tiers[exception.worst].approvals);
  return ok({ ...exception, approvers, state: approvers.length >= needed ? 'approved' : 'requested' });
}

/** Why it may not end then; undefined when it may. */
export function endFault(
  { worst, expiresAt }: Pick<ExceptionStanding, 'worst' | 'expiresAt'>,
  policy: ExceptionPolicy,
  now: Date,
): string | undefined {
  if (expiresAt <= now) return 'It would end before it begins.';
  const latest = latestEnd(policy, worst, now);
  if (expiresAt <= latest) return undefined;
  const days = policy.tiers[worst].maxDays;
  return `For findings of severity ${worst} it may hold ${days} days, until ${latest.toISOString().slice(0, 10)}.`;
}

/** From when on it is `expiring`. */
export function expiringFrom(expiresAt: Date, { remindDays }: ExceptionPolicy): Date {
  return new Date(expiresAt.getTime() - Math.max(...remindDays) * DAY_MS);
}

/** How many days before its end somebody has to be reminded now, when that was not yet done; undefined otherwise. */
export function reminderDue(
  expiresAt: Date,
  remindedDays: number | undefined,
  { remindDays }: ExceptionPolicy,
  now: Date,
): number | undefined {
  const left = (expiresAt.getTime() - now.getTime()) / DAY_MS;
  const due = Math.min(...remindDays.filter((days) => left <= days));
  return Number.isFinite(due) && (remindedDays === undefined || due < remindedDays) ? due : undefined;
}
