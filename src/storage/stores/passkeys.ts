import type { Query } from '../index.ts';

export interface Passkey {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  /** Of the authenticator, in base64url. */
  readonly credential: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

const columns = [
  'passkey.id',
  'passkey.account_id as account',
  'passkey.name',
  'passkey.credential_id as credential',
  'passkey.public_key as publicKey',
  'passkey.counter',
  'passkey.transports',
  'passkey.created_at as createdAt',
  'passkey.last_used_at as lastUsedAt',
] as const;

/** Undefined when somebody has this one already. */
export async function addPasskey(
  query: Query,
  passkey: Omit<Passkey, 'id' | 'lastUsedAt'>,
): Promise<string | undefined> {
  const added = await query
    .insertInto('passkey')
    .values({
      account_id: passkey.account,
      name: passkey.name,
      credential_id: passkey.credential,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: [...passkey.transports],
      created_at: passkey.createdAt,
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return added?.id;
}

/** Of an account, the oldest first; a hundred at most. */
export function listPasskeys(query: Query, account: string): Promise<Passkey[]> {
  return query
    .selectFrom('passkey')
    .select(columns)
    .where('account_id', '=', account)
    .orderBy('created_at')
    .orderBy('id')
    .limit(100)
    .execute();
}

/** Of an account that is not disabled, kept from others until the transaction ends: its counter is about to change. */
export function lockPasskey(
  query: Query,
  credential: string,
): Promise<(Passkey & { readonly accountName: string }) | undefined> {
  return query
    .selectFrom('passkey')
    .innerJoin('account', 'account.id', 'passkey.account_id')
    .select([...columns, 'account.name as accountName'])
    .where('credential_id', '=', credential)
    .where('account.disabled_at', 'is', null)
    .forUpdate('passkey')
    .executeTakeFirst();
}

export async function notePasskeyUse(query: Query, id: string, counter: number, at: Date): Promise<void> {
  await query.updateTable('passkey').set({ counter, last_used_at: at }).where('id', '=', id).execute();
}

/** Whether it was one of this account. */
export async function renamePasskey(query: Query, account: string, id: string, name: string): Promise<boolean> {
  const changed = await query
    .updateTable('passkey')
    .set({ name })
    .where('account_id', '=', account)
    .where('id', '=', id)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

/** Whether it was one of this account. */
export async function removePasskey(query: Query, account: string, id: string): Promise<boolean> {
  const removed = await query
    .deleteFrom('passkey')
    .where('account_id', '=', account)
    .where('id', '=', id)
    .executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

/** Whether an account can sign in in any way. */
export async function canSignIn(query: Query, account: string): Promise<boolean> {
  const found = await query
    .selectFrom('account')
    .select('id')
    .where('id', '=', account)
    .where(({ exists, eb, or, selectFrom }) =>
      or([
        eb('password', 'is not', null),
        exists(selectFrom('passkey').select('passkey.id').whereRef('passkey.account_id', '=', 'account.id')),
        exists(
          selectFrom('external_identity')
            .select('external_identity.subject')
            .whereRef('external_identity.account_id', '=', 'account.id'),
        ),
      ]),
    )
    .executeTakeFirst();
  return found !== undefined;
}
