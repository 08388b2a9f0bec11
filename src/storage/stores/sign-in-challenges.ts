import type { Query } from '../index.ts';

/** What a sign-in that goes through a browser or an authenticator has to bring back. */
export interface Challenge {
  readonly purpose: string;
  readonly data: Readonly<Record<string, string>>;
  /** Whose it is; undefined for somebody who has yet to say who they are. */
  readonly account?: string;
  readonly expiresAt: Date;
}

/** Its id. Those that are over go with every new one. */
export async function addChallenge(
  query: Query,
  { purpose, data, account, expiresAt }: Challenge,
  now: Date,
): Promise<string> {
  await query.deleteFrom('sign_in_challenge').where('expires_at', '<', now).execute();
  const added = await query
    .insertInto('sign_in_challenge')
    .values({ purpose, data: JSON.stringify(data), account_id: account ?? null, expires_at: expiresAt })
    .returning('id')
    .executeTakeFirstOrThrow();
  return added.id;
}

/** Takes it away for good: each is good once. */
export async function takeChallenge(
  query: Query,
  { id, purpose, account }: { readonly id: string; readonly purpose: string; readonly account?: string },
  now: Date,
): Promise<Readonly<Record<string, string>> | undefined> {
  const taken = await query
    .deleteFrom('sign_in_challenge')
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .where('account_id', account === undefined ? 'is' : '=', account ?? null)
    .where('expires_at', '>', now)
    .returning('data')
    .executeTakeFirst();
  return taken?.data;
}
