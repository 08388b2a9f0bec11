import type { Query } from '../index.ts';

export interface NewSession {
  readonly hash: Buffer;
  readonly account: string;
  readonly at: Date;
  readonly expiresAt: Date;
  readonly address: string;
  readonly agent: string;
}

export interface FoundSession {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

export async function addSession(query: Query, session: NewSession): Promise<void> {
  const { hash, account, at, expiresAt, address, agent } = session;
  await query
    .insertInto('session')
    .values({
      hash,
      account_id: account,
      created_at: at,
      last_seen_at: at,
      expires_at: expiresAt,
      address: address.slice(0, 100),
      agent: agent.slice(0, 300),
    })
    .execute();
}

/** One that goes on, of an account that is not disabled. `idleSince`: whoever was not seen since then has to sign in again. */
export function findSession(query: Query, hash: Buffer, now: Date, idleSince: Date): Promise<FoundSession | undefined> {
  return query
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .select([
      'session.id',
      'account.id as account',
      'account.name',
      'session.last_seen_at as lastSeenAt',
      'session.expires_at as expiresAt',
    ])
    .where('session.hash', '=', hash)
    .where('session.expires_at', '>', now)
    .where('session.last_seen_at', '>', idleSince)
    .where('account.disabled_at', 'is', null)
    .executeTakeFirst();
}

export async function touchSession(query: Query, id: string, at: Date): Promise<void> {
  await query.updateTable('session').set({ last_seen_at: at }).where('id', '=', id).execute();
}

export interface ListedSession extends Omit<FoundSession, 'account' | 'name'> {
  readonly createdAt: Date;
  readonly address: string;
  readonly agent: string;
}

/** Of one account, the newest first; a thousand at most. */
export function listSessions(query: Query, account: string, now: Date): Promise<ListedSession[]> {
  return query
    .selectFrom('session')
    .select([
      'id',
      'created_at as createdAt',
      'last_seen_at as lastSeenAt',
      'expires_at as expiresAt',
      'address',
      'agent',
    ])
    .where('account_id', '=', account)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(1000)
    .execute();
}

/** Whether it was one of this account. */
export async function endSession(query: Query, account: string, id: string): Promise<boolean> {
  const ended = await query
    .deleteFrom('session')
    .where('account_id', '=', account)
    .where('id', '=', id)
    .executeTakeFirst();
  return ended.numDeletedRows > 0n;
}

export async function endSessionByHash(query: Query, hash: Buffer): Promise<void> {
  await query.deleteFrom('session').where('hash', '=', hash).execute();
}

/** All of an account, but perhaps one. */
export async function endSessions(query: Query, account: string, except?: string): Promise<void> {
  let ended = query.deleteFrom('session').where('account_id', '=', account);
  if (except !== undefined) ended = ended.where('id', '!=', except);
  await ended.execute();
}

/** The id of a new link. `account` is null for the first administrator. */
export async function addLink(
  query: Query,
  link: { readonly hash: Buffer; readonly account: string | null; readonly expiresAt: Date },
): Promise<string> {
  const added = await query
    .insertInto('sign_in_link')
    .values({ hash: link.hash, account_id: link.account, expires_at: link.expiresAt })
    .returning('id')
    .executeTakeFirstOrThrow();
  return added.id;
}

/** Takes the link away for good; undefined when there is none, it is over or its account is disabled. */
export async function takeLink(
  query: Query,
  id: string,
  hash: Buffer,
  now: Date,
): Promise<{ readonly account: string | null } | undefined> {
  const taken = await query
    .deleteFrom('sign_in_link')
    .where('id', '=', id)
    .where('hash', '=', hash)
    .where('expires_at', '>', now)
    .returning('account_id as account')
    .executeTakeFirst();
  if (!taken?.account) return taken;
  const account = await query
    .selectFrom('account')
    .select('id')
    .where('id', '=', taken.account)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return account && taken;
}

/** Of an account, or of the first administrator: older ones are worth nothing once one was used. */
export async function removeLinks(query: Query, account: string | null): Promise<void> {
  await query
    .deleteFrom('sign_in_link')
    .where('account_id', account === null ? 'is' : '=', account)
    .execute();
}

export interface SignInFailures {
  readonly key: Buffer;
  readonly failures: number;
  readonly lastAt: Date;
}

/**
 * What was counted under each of these keys, kept from others until the transaction ends: of many attempts at once each sees those before it.
 * What is older than `forgetBefore` counts no more.
 */
export async function lockFailures(
  query: Query,
  keys: readonly Buffer[],
  at: Date,
  forgetBefore: Date,
): Promise<SignInFailures[]> {
  await query
    .insertInto('sign_in_failure')
    .values(keys.toSorted(Buffer.compare).map((key) => ({ key, failures: 0, last_at: at })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const rows = await query
    .selectFrom('sign_in_failure')
    .select(['key', 'failures', 'last_at as lastAt'])
    .where('key', 'in', keys)
    // Always in the same order: two that wait for each other would wait for ever.
    .orderBy('key')
    .forUpdate()
    .execute();
  return rows.map((row) => (row.lastAt < forgetBefore ? { ...row, failures: 0 } : row));
}

export async function setFailures(query: Query, { key, failures, lastAt }: SignInFailures): Promise<void> {
  await query.updateTable('sign_in_failure').set({ failures, last_at: lastAt }).where('key', '=', key).execute();
}

/** What nobody will ask for again. */
export async function removeExpired(query: Query, now: Date, forgetBefore: Date): Promise<void> {
  await query.deleteFrom('session').where('expires_at', '<=', now).execute();
  await query.deleteFrom('sign_in_link').where('expires_at', '<=', now).execute();
  await query.deleteFrom('sign_in_failure').where('last_at', '<', forgetBefore).execute();
}
