import { z } from 'zod';
import {
  type ExceptionPolicy,
  exceptionReasons,
  exceptionScope,
  exceptionStates,
  expiringFrom,
} from '#exceptions/index.ts';
import { type Principal, scopesOf } from '#identity/index.ts';
import { type ExceptionReader, type ExceptionRow, findException, mayRead, type Query } from '#storage/index.ts';
import { notFound } from '../../request-problem.ts';

const when = z.iso.datetime();
const person = z.object({ id: z.uuid(), name: z.string() });

export const shownStates = [...exceptionStates, 'expiring'] as const;

export const shownException = z.object({
  id: z.uuid(),
  /** `expiring` is approved and near its end. */
  state: z.enum(shownStates),
  scope: exceptionScope,
  reason: z.enum(exceptionReasons),
  explanation: z.string(),
  /** The worst severity that it is for; what turns out to be worse stays open. */
  worst: z.string(),
  requester: person,
  approvals: z.array(person),
  /** How many people have to approve in all. */
  approvalsNeeded: z.int(),
  createdAt: when,
  approvedAt: when.nullable(),
  expiresAt: when,
  /** The one that it renews. */
  renews: z.uuid().nullable(),
});

export function showException(row: ExceptionRow, policy: ExceptionPolicy, now: Date): z.infer<typeof shownException> {
  const isExpiring = row.state === 'approved' && expiringFrom(row.expires_at, policy) <= now;
  return {
    id: row.id,
    state: isExpiring ? 'expiring' : row.state,
    scope: row.scope,
    reason: row.reason,
    explanation: row.explanation,
    worst: row.worst,
    requester: { id: row.requester, name: row.requester_name },
    approvals: row.approvals.map(({ account, name }) => ({ id: account, name })),
    approvalsNeeded: Math.max(1, policy.tiers[row.worst].approvals),
    createdAt: row.created_at.toISOString(),
    approvedAt: row.approved_at?.toISOString() ?? null,
    expiresAt: row.expires_at.toISOString(),
    renews: row.renews,
  };
}

export function readerOf(principal: Principal): ExceptionReader {
  return { account: principal.account, scopes: scopesOf(principal, 'findings:read') };
}

/** One that the principal may see; locked until the transaction ends when it is to be changed. */
export async function foundException(
  query: Query,
  id: string,
  principal: Principal,
  isLocked: boolean,
): Promise<ExceptionRow> {
  const row = (await mayRead(query, id, readerOf(principal))) ? await findException(query, id, isLocked) : undefined;
  if (row === undefined) throw notFound('exception');
  return row;
}
