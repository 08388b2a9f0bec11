import { createHash } from 'node:crypto';
import { lockFailures, type Query, type SignInFailures, setFailures } from '#storage/index.ts';
import { RequestProblem } from '../request-problem.ts';

/** How many attempts are free, and how long the longest wait after the ones that follow is. */
interface Limit {
  readonly free: number;
  readonly longestMs: number;
}

const MINUTE_MS = 60_000;
const FORGET_MS = 60 * MINUTE_MS;

/** Somebody at one address guesses one password. */
const PAIR: Limit = { free: 5, longestMs: 15 * MINUTE_MS };
/** Many addresses guess one password. Short, so that nobody can lock the owner out. */
const ACCOUNT: Limit = { free: 20, longestMs: MINUTE_MS };
/** One address tries one password on many accounts. Many people may share it. */
const ADDRESS: Limit = { free: 50, longestMs: 15 * MINUTE_MS };

export interface Attempt {
  /** As it was typed; there may be no such account, which makes no difference. */
  readonly name: string;
  readonly address: string;
}

/** Counts an attempt before its outcome is known, so that many at once do not all go through. Throws while it is to wait. */
export async function admitAttempt(query: Query, attempt: Attempt, now: Date): Promise<void> {
  const limits = limitsOf(attempt);
  await query.transaction().execute(async (transaction) => {
    const rows = await lockFailures(
      transaction,
      limits.map(({ key }) => key),
      now,
      new Date(now.getTime() - FORGET_MS),
    );
    const waits = rows.map((row) => waitMs(row, limits.find(({ key }) => key.equals(row.key))?.limit ?? PAIR, now));
    const seconds = Math.ceil(Math.max(0, ...waits) / 1000);
    if (seconds > 0)
      throw new RequestProblem(
        429,
        'too-many-attempts',
        `Too many attempts to sign in failed; try again in ${seconds} s.`,
        [],
        seconds,
      );
    for (const row of rows) await setFailures(transaction, { ...row, failures: row.failures + 1, lastAt: now });
  });
}

/** What was counted for the account is over; for the address only this attempt, or an account of one's own would reset it. */
export async function forgiveAttempt(query: Query, attempt: Attempt, now: Date): Promise<void> {
  const [, , address] = limitsOf(attempt);
  await query.transaction().execute(async (transaction) => {
    const keys = limitsOf(attempt).map(({ key }) => key);
    for (const row of await lockFailures(transaction, keys, now, new Date(now.getTime() - FORGET_MS))) {
      const failures = address?.key.equals(row.key) ? Math.max(0, row.failures - 1) : 0;
      await setFailures(transaction, { ...row, failures });
    }
  });
}

/** Twice as long after each failure that is not free. */
export function waitMs(
  { failures, lastAt }: Omit<SignInFailures, 'key'>,
  { free, longestMs }: Limit,
  now: Date,
): number {
  if (failures < free) return 0;
  const wait = Math.min(longestMs, 1000 * 2 ** Math.min(30, failures - free));
  return Math.max(0, lastAt.getTime() + wait - now.getTime());
}

function limitsOf({ name, address }: Attempt): { readonly key: Buffer; readonly limit: Limit }[] {
  const account = name.toLowerCase();
  return [
    { key: keyOf('pair', account, address), limit: PAIR },
    { key: keyOf('account', account), limit: ACCOUNT },
    { key: keyOf('address', address), limit: ADDRESS },
  ];
}

function keyOf(...parts: readonly string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}
