import { sql } from 'kysely';
import type { Query } from '../index.ts';

/** Work to be done later. */
export interface NewJob {
  readonly kind: string;
  /** What the runner needs; no secrets. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly runAt: Date;
  /** While one with the same key waits, another is not added. */
  readonly key?: string;
}

export interface ClaimedJob {
  readonly id: number;
  readonly kind: string;
  readonly payload: unknown;
  /** From 1. */
  readonly attempts: number;
}

/** Adds it in the transaction that makes it necessary: there is neither without the other. */
export async function enqueue(query: Query, { kind, payload, runAt, key }: NewJob): Promise<void> {
  await query
    .insertInto('job')
    .values({ kind, payload: JSON.stringify(payload), run_at: runAt, key: key ?? null })
    .onConflict((conflict) => conflict.columns(['kind', 'key']).where('state', '=', 'waiting').doNothing())
    .execute();
}

/** Takes the next one that is due; other processes pass over it. One that was taken before `now` and not finished in time is taken again. */
export async function claimJob(
  query: Query,
  kinds: readonly string[],
  now: Date,
  lockMs: number,
): Promise<ClaimedJob | undefined> {
  const next = query
    .selectFrom('job')
    .select('id')
    .where('kind', 'in', kinds)
    .where('run_at', '<=', now)
    .where(({ and, eb, or }) =>
      or([eb('state', '=', 'waiting'), and([eb('state', '=', 'running'), eb('locked_until', '<', now)])]),
    )
    .orderBy('run_at')
    .limit(1)
    .forUpdate()
    .skipLocked();
  return query
    .updateTable('job')
    .set({ state: 'running', locked_until: new Date(now.getTime() + lockMs), attempts: sql`attempts + 1` })
    .where('id', '=', next)
    .returning(['id', 'kind', 'payload', 'attempts'])
    .executeTakeFirst();
}

export async function finishJob(query: Query, { id }: Pick<ClaimedJob, 'id'>): Promise<void> {
  await query.deleteFrom('job').where('id', '=', id).execute();
}

/** Puts it back for another attempt; without `retryAt` nobody tries again until a person says so. */
export async function failJob(
  query: Query,
  { id }: Pick<ClaimedJob, 'id'>,
  error: string,
  retryAt: Date | undefined,
): Promise<void> {
  await query
    .updateTable('job')
    // A newer one of the same key may wait already: the key is for those that were never tried.
    .set({
      locked_until: null,
      error: error.slice(0, 2000),
      key: null,
      ...(retryAt ? { state: 'waiting', run_at: retryAt } : { state: 'dead' }),
    })
    .where('id', '=', id)
    .execute();
}

/** Does something unless another process does it just now. Whether it was done. */
export async function unlessAtWork(query: Query, name: string, work: () => Promise<void>): Promise<boolean> {
  return query.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ readonly isMine: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as "isMine"`.execute(transaction);
    if (rows[0]?.isMine !== true) return false;
    await work();
    return true;
  });
}
