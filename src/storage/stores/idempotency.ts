import type { Query } from '../index.ts';

export interface IdempotentRequest {
  readonly account: string;
  readonly key: string;
  /** SHA-256 of method, address and body. */
  readonly request: Buffer;
}

export type ClaimedKey =
  | { readonly kind: 'new' }
  /** Somebody does it at this moment, or died while doing it. */
  | { readonly kind: 'running' }
  | { readonly kind: 'other-request' }
  | { readonly kind: 'done'; readonly status: number; readonly answer: unknown };

const KEPT_MS = 24 * 3_600_000;
/** Longer than any request takes: whoever has it has died. */
const RUNNING_MS = 10 * 60_000;

/** Takes a key for the first who asks; everybody else learns what became of it. */
export async function claimKey(
  query: Query,
  { account, key, request }: IdempotentRequest,
  now: Date,
): Promise<ClaimedKey> {
  const claimed = await query
    .insertInto('idempotency_key')
    .values({ account, key, request, created_at: now, status: null, answer: null })
    .onConflict((conflict) =>
      conflict
        .columns(['account', 'key'])
        .doUpdateSet({ request, created_at: now, status: null, answer: null })
        .where(({ and, eb, or }) =>
          or([
            eb('idempotency_key.created_at', '<', before(now, KEPT_MS)),
            and([
              eb('idempotency_key.status', 'is', null),
              eb('idempotency_key.created_at', '<', before(now, RUNNING_MS)),
            ]),
          ]),
        ),
    )
    .returning('key')
    .executeTakeFirst();
  if (claimed) return { kind: 'new' };
  const there = await query
    .selectFrom('idempotency_key')
    .select(['request', 'status', 'answer'])
    .where('account', '=', account)
    .where('key', '=', key)
    .executeTakeFirst();
  if (there === undefined) return { kind: 'running' };
  if (!there.request.equals(request)) return { kind: 'other-request' };
  return there.status === null ? { kind: 'running' } : { kind: 'done', status: there.status, answer: there.answer };
}

/** What is answered from now on. */
export async function keepAnswer(
  query: Query,
  { account, key }: IdempotentRequest,
  status: number,
  answer: unknown,
): Promise<void> {
  await query
    .updateTable('idempotency_key')
    .set({ status, answer: answer === undefined ? null : JSON.stringify(answer) })
    .where('account', '=', account)
    .where('key', '=', key)
    .execute();
}

/** It was not done: the key is free. */
export async function releaseKey(query: Query, { account, key }: IdempotentRequest): Promise<void> {
  await query.deleteFrom('idempotency_key').where('account', '=', account).where('key', '=', key).execute();
}

export async function forgetKeys(query: Query, now: Date): Promise<void> {
  await query.deleteFrom('idempotency_key').where('created_at', '<', before(now, KEPT_MS)).execute();
}

function before(now: Date, ms: number): Date {
  return new Date(now.getTime() - ms);
}
