import { decidedState, isJustification } from '#exceptions/index.ts';
import type { ReopenCause, StandingDecision } from '#findings/index.ts';
import {
  applyChange,
  type ExceptionRow,
  enqueue,
  findingsHiddenBy,
  findingsWithin,
  publish,
  type Query,
} from '#storage/index.ts';

/** The kind of job that goes on where a change was too large; its payload is `{ exception: uuid }`. */
export const APPLY_EXCEPTION = 'exceptions.apply';

/** Findings of one transaction. */
const AT_ONCE = 500;

export type AppliedException = Omit<ExceptionRow, 'approvals'>;

/** Hides what an approved exception is for. What is more than fits into one transaction is left to a job. */
export async function applyException(query: Query, exception: AppliedException, at: Date): Promise<number> {
  const found = await findingsWithin(query, exception.scope, exception.worst, AT_ONCE);
  const applied = await decideAll(query, found, exception, at);
  if (found.length === AT_ONCE && applied > 0) await continueLater(query, exception.id, at);
  return applied;
}

/** What an exception hid that another now renews. */
export async function takeOver(query: Query, from: string, exception: AppliedException, at: Date): Promise<void> {
  await decideAll(query, await findingsHiddenBy(query, from, [{ kind: 'all' }], AT_ONCE), exception, at);
}

async function decideAll(
  query: Query,
  findings: readonly { readonly id: string }[],
  exception: AppliedException,
  at: Date,
): Promise<number> {
  let applied = 0;
  for (const { id } of findings) {
    const change = { kind: 'decide', decision: decisionOf(exception) } as const;
    const done = await applyChange(query, id, change, { actor: undefined, at });
    if (!done.ok) continue;
    applied += 1;
    await publish(query, { kind: 'finding.decided', at, finding: id, details: { exception: exception.id } });
  }
  return applied;
}

function decisionOf({ id, reason, explanation, requester_name, expires_at }: AppliedException): StandingDecision {
  return {
    state: decidedState(reason),
    source: 'exception',
    reason: explanation,
    ...(isJustification(reason) && { justification: reason }),
    statedIn: id,
    author: requester_name,
    until: expires_at.toISOString(),
  };
}

/** Opens again what an exception hid that is over. */
export async function liftException(
  query: Query,
  exception: string,
  kind: Extract<ReopenCause, { exception?: string }>['kind'],
  at: Date,
): Promise<number> {
  const hidden = await findingsHiddenBy(query, exception, [{ kind: 'all' }], AT_ONCE);
  for (const { id } of hidden) {
    const change = { kind: 'reopen', cause: { kind, exception } } as const;
    const done = await applyChange(query, id, change, { actor: undefined, at });
    if (done.ok)
      await publish(query, { kind: 'finding.reopened', at, finding: id, details: { exception, cause: kind } });
  }
  if (hidden.length === AT_ONCE) await continueLater(query, exception, at);
  return hidden.length;
}

function continueLater(query: Query, exception: string, at: Date): Promise<void> {
  return enqueue(query, { kind: APPLY_EXCEPTION, payload: { exception }, runAt: at, key: exception });
}
