import type { Permission, Scope } from '#identity/index.ts';
import type { Query } from '../index.ts';

/** What may be shown of a token: not the secret, which is nowhere. */
export interface ListedToken {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly scope: Scope;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface NewToken extends Omit<ListedToken, 'id' | 'lastUsedAt'> {
  readonly hash: Buffer;
}

const listed = [
  'api_token.id',
  'api_token.account_id as account',
  'api_token.name',
  'api_token.permissions',
  'api_token.scope',
  'api_token.created_at as createdAt',
  'api_token.expires_at as expiresAt',
  'api_token.last_used_at as lastUsedAt',
] as const;

/** The id of the new token. */
export async function addToken(query: Query, token: NewToken): Promise<string> {
  const added = await query
    .insertInto('api_token')
    .values({
      hash: token.hash,
      account_id: token.account,
      name: token.name,
      permissions: [...token.permissions],
      scope: JSON.stringify(token.scope),
      created_at: token.createdAt,
      expires_at: token.expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return added.id;
}

/** Those of an account that are neither revoked nor over. */
export function listTokens(
  query: Query,
  account: string,
  now: Date,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<ListedToken[]> {
  let rows = query
    .selectFrom('api_token')
    .select(listed)
    .where('account_id', '=', account)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('id')
    .limit(limit);
  if (after !== undefined) rows = rows.where('id', '>', after);
  return rows.execute();
}

export function findToken(query: Query, id: string): Promise<ListedToken | undefined> {
  return query
    .selectFrom('api_token')
    .select(listed)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
}

export interface UsableToken extends ListedToken {
  readonly hash: Buffer;
  readonly accountName: string;
  readonly accountKind: 'person' | 'machine';
}

/** One that is good at this moment, of an account that is not disabled. */
export function findUsableToken(query: Query, id: string, now: Date): Promise<UsableToken | undefined> {
  return query
    .selectFrom('api_token')
    .innerJoin('account', 'account.id', 'api_token.account_id')
    .select([...listed, 'api_token.hash', 'account.name as accountName', 'account.kind as accountKind'])
    .where('api_token.id', '=', id)
    .where('api_token.revoked_at', 'is', null)
    .where('api_token.expires_at', '>', now)
    .where('account.disabled_at', 'is', null)
    .executeTakeFirst();
}

export async function touchToken(query: Query, id: string, at: Date): Promise<void> {
  await query.updateTable('api_token').set({ last_used_at: at }).where('id', '=', id).execute();
}

export async function revokeToken(query: Query, id: string, at: Date): Promise<void> {
  await query.updateTable('api_token').set({ revoked_at: at }).where('id', '=', id).execute();
}

/** Which machine account somebody with a token of an issuer is. */
export interface TrustRule {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly audience: string;
  /** Claim: pattern with `*`; all of them have to match. */
  readonly claims: Readonly<Record<string, string>>;
  readonly account: string;
  readonly createdAt: Date;
}

const ruleColumns = [
  'trust_rule.id',
  'trust_rule.name',
  'trust_rule.issuer',
  'trust_rule.audience',
  'trust_rule.claims',
  'trust_rule.account_id as account',
  'trust_rule.created_at as createdAt',
] as const;

export async function addTrustRule(query: Query, rule: Omit<TrustRule, 'id'>): Promise<string> {
  const { account, claims, createdAt, ...rest } = rule;
  const added = await query
    .insertInto('trust_rule')
    .values({ ...rest, claims: JSON.stringify(claims), account_id: account, created_at: createdAt })
    .returning('id')
    .executeTakeFirstOrThrow();
  return added.id;
}

export function listTrustRules(
  query: Query,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<TrustRule[]> {
  let rows = query.selectFrom('trust_rule').select(ruleColumns).orderBy('id').limit(limit);
  if (after !== undefined) rows = rows.where('id', '>', after);
  return rows.execute();
}

export function findTrustRule(query: Query, id: string): Promise<TrustRule | undefined> {
  return query.selectFrom('trust_rule').select(ruleColumns).where('id', '=', id).executeTakeFirst();
}

export async function removeTrustRule(query: Query, id: string): Promise<void> {
  await query.deleteFrom('trust_rule').where('id', '=', id).execute();
}

/** Of an issuer, the oldest first, for machine accounts that are not disabled. */
export function trustRulesOf(query: Query, issuer: string): Promise<(TrustRule & { readonly accountName: string })[]> {
  return query
    .selectFrom('trust_rule')
    .innerJoin('account', 'account.id', 'trust_rule.account_id')
    .select([...ruleColumns, 'account.name as accountName'])
    .where('trust_rule.issuer', '=', issuer)
    .where('account.kind', '=', 'machine')
    .where('account.disabled_at', 'is', null)
    .orderBy('trust_rule.created_at')
    .orderBy('trust_rule.id')
    .limit(1000)
    .execute();
}
