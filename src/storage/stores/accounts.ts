import { sql } from 'kysely';
import type { Query } from '../index.ts';

/** What others may see of an account. */
export interface Account {
  readonly id: string;
  readonly kind: 'person' | 'machine';
  readonly name: string;
  readonly email: string | null;
  readonly disabled: boolean;
  readonly hasPassword: boolean;
  readonly hasSecondFactor: boolean;
  readonly createdAt: Date;
}

/** What somebody proves to be this account with. */
export interface Credentials {
  readonly id: string;
  readonly name: string;
  readonly password: unknown;
  /** Sealed; null until it was confirmed. */
  readonly totpSecret: string | null;
}

const shown = [
  'account.id',
  'account.kind',
  'account.name',
  'account.email',
  sql<boolean>`account.disabled_at is not null`.as('disabled'),
  sql<boolean>`account.password is not null`.as('hasPassword'),
  sql<boolean>`account.totp_confirmed_at is not null`.as('hasSecondFactor'),
  'account.created_at as createdAt',
] as const;

/** By name; `after` is the last id of the page before. */
export function listAccounts(
  query: Query,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<Account[]> {
  let rows = query.selectFrom('account').select(shown).orderBy('account.id').limit(limit);
  if (after !== undefined) rows = rows.where('account.id', '>', after);
  return rows.execute();
}

export function findAccount(query: Query, id: string): Promise<Account | undefined> {
  return query.selectFrom('account').select(shown).where('id', '=', id).executeTakeFirst();
}

export async function findAccountByName(query: Query, name: string): Promise<Account | undefined> {
  return query.selectFrom('account').select(shown).where(sql`lower(name)`, '=', name.toLowerCase()).executeTakeFirst();
}

/** The new id; undefined when the name is taken. */
export async function addAccount(
  query: Query,
  account: Pick<Account, 'kind' | 'name' | 'email'>,
  at: Date,
): Promise<string | undefined> {
  const added = await query
    .insertInto('account')
    .values({ ...account, created_at: at, password: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added?.id;
}

export interface AccountChange {
  readonly email?: string | null;
  readonly disabled?: boolean;
}

export async function changeAccount(query: Query, id: string, change: AccountChange, at: Date): Promise<void> {
  const { email, disabled } = change;
  await query
    .updateTable('account')
    .set({
      ...(email !== undefined && { email }),
      ...(disabled !== undefined && { disabled_at: disabled ? at : null }),
      id,
    })
    .where('id', '=', id)
    .execute();
}

export async function removeAccount(query: Query, id: string): Promise<void> {
  await query.deleteFrom('account').where('id', '=', id).execute();
}

/** Of a person who may sign in, by name or by id. */
export function findCredentials(
  query: Query,
  by: { readonly name: string } | { readonly id: string },
): Promise<Credentials | undefined> {
  const rows = query
    .selectFrom('account')
    .select([
      'id',
      'name',
      'password',
      sql<string | null>`case when totp_confirmed_at is not null then totp_secret end`.as('totpSecret'),
    ])
    .where('kind', '=', 'person')
    .where('disabled_at', 'is', null);
  return (
    'id' in by ? rows.where('id', '=', by.id) : rows.where(sql`lower(name)`, '=', by.name.toLowerCase())
  ).executeTakeFirst();
}

export async function setPassword(query: Query, id: string, password: object): Promise<void> {
  await query
    .updateTable('account')
    .set({ password: JSON.stringify(password) })
    .where('id', '=', id)
    .execute();
}

/** Any number that nobody else locks. */
const LOCK = 7_240_020;

/**
 * Whether anybody can administer everything: a person who is not disabled, has a password and, directly or by a team, the role of an
 * administrator everywhere. Called in a transaction, after its change: two that would each leave one administrator do not leave none.
 */
export async function hasAdministrator(query: Query): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(query);
  const found = await query
    .selectFrom('access_grant')
    .leftJoin('team_member', 'team_member.team_id', 'access_grant.team_id')
    .innerJoin('account', (join) =>
      join.on(sql<boolean>`account.id = coalesce(access_grant.account_id, team_member.account_id)`),
    )
    .select('account.id')
    .where('access_grant.role', '=', 'admin')
    .where(sql`access_grant.scope ->> 'kind'`, '=', 'all')
    .where('account.kind', '=', 'person')
    .where('account.disabled_at', 'is', null)
    .where('account.password', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
