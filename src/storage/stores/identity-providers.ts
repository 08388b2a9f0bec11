import type { Selectable } from 'kysely';
import type { Query } from '../index.ts';
import type { IdentityProviderTable, ProviderRule } from '../tables/sign-in.ts';

/** An OpenID Connect provider by which people sign in. The client's secret is sealed. */
export type IdentityProvider = Selectable<IdentityProviderTable>;

export type NewProvider = Omit<IdentityProvider, 'id' | 'created_at'>;

/** The new id; undefined when the name is taken. */
export async function addProvider(
  query: Query,
  { rules, ...provider }: NewProvider,
  at: Date,
): Promise<string | undefined> {
  const added = await query
    .insertInto('identity_provider')
    .values({ ...provider, rules: JSON.stringify(rules), created_at: at })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('id')
    .executeTakeFirst();
  return added?.id;
}

export async function changeProvider(query: Query, id: string, { rules, ...provider }: NewProvider): Promise<void> {
  await query
    .updateTable('identity_provider')
    .set({ ...provider, rules: JSON.stringify(rules) })
    .where('id', '=', id)
    .execute();
}

export function listProviders(query: Query): Promise<IdentityProvider[]> {
  return query.selectFrom('identity_provider').selectAll().orderBy('name').limit(100).execute();
}

export function findProvider(query: Query, id: string): Promise<IdentityProvider | undefined> {
  return query.selectFrom('identity_provider').selectAll().where('id', '=', id).executeTakeFirst();
}

/** With what it gave: identities, rights and memberships. */
export async function removeProvider(query: Query, id: string): Promise<void> {
  await query.deleteFrom('identity_provider').where('id', '=', id).execute();
}

/** The account of somebody whom the provider knows under this name of its own; undefined when there is none, and for a disabled one `disabled` is set. */
export function findExternalIdentity(
  query: Query,
  provider: string,
  subject: string,
): Promise<{ readonly id: string; readonly name: string; readonly disabled: Date | null } | undefined> {
  return query
    .selectFrom('external_identity')
    .innerJoin('account', 'account.id', 'external_identity.account_id')
    .select(['account.id', 'account.name', 'account.disabled_at as disabled'])
    .where('provider_id', '=', provider)
    .where('subject', '=', subject)
    .executeTakeFirst();
}

/** People with this address; an address may be of several. */
export function peopleWithEmail(query: Query, email: string) {
  return query
    .selectFrom('account')
    .select(['id', 'name', 'disabled_at as disabled'])
    .where('kind', '=', 'person')
    .where(({ eb, fn }) => eb(fn<string>('lower', ['email']), '=', email.toLowerCase()))
    .limit(2)
    .execute();
}

export async function addExternalIdentity(
  query: Query,
  identity: { readonly provider: string; readonly subject: string; readonly account: string },
  at: Date,
): Promise<void> {
  const { provider, subject, account } = identity;
  await query
    .insertInto('external_identity')
    .values({ provider_id: provider, subject, account_id: account, created_at: at })
    .execute();
}

/** What the provider's rules give to somebody, in place of what they gave before. What others gave stays. */
export async function replaceProvided(
  query: Query,
  {
    provider,
    account,
    rules,
  }: { readonly provider: string; readonly account: string; readonly rules: readonly ProviderRule[] },
  at: Date,
): Promise<void> {
  await query.deleteFrom('team_member').where('account_id', '=', account).where('provider_id', '=', provider).execute();
  await query
    .deleteFrom('access_grant')
    .where('account_id', '=', account)
    .where('provider_id', '=', provider)
    .execute();
  const teams = [...new Set(rules.flatMap((rule) => ('team' in rule ? [rule.team] : [])))];
  const existing =
    teams.length === 0 ? [] : await query.selectFrom('team').select('id').where('id', 'in', teams).execute();
  for (const { id } of existing)
    await query
      .insertInto('team_member')
      .values({ team_id: id, account_id: account, provider_id: provider })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  for (const rule of rules) {
    if (!('role' in rule)) continue;
    const { role, scope } = rule;
    await query
      .insertInto('access_grant')
      .values({
        account_id: account,
        team_id: null,
        role,
        scope: JSON.stringify(scope),
        scope_team_id: scope.kind === 'team' ? scope.team : null,
        created_at: at,
        provider_id: provider,
      })
      .execute();
  }
}
