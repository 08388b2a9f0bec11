import type { Role, Scope } from '#identity/index.ts';
import type { Query } from '../index.ts';

/** A role within a scope, given to an account or to a team. */
export interface GrantedRole {
  readonly id: string;
  readonly account: string | null;
  readonly team: string | null;
  readonly role: Role;
  readonly scope: Scope;
  readonly createdAt: Date;
}

const columns = [
  'access_grant.id',
  'access_grant.account_id as account',
  'access_grant.team_id as team',
  'access_grant.role',
  'access_grant.scope',
  'access_grant.created_at as createdAt',
] as const;

/** All that an account has, by itself and by its teams. */
export function grantsOf(query: Query, account: string): Promise<GrantedRole[]> {
  return query
    .selectFrom('access_grant')
    .select(columns)
    .where(({ eb, or, selectFrom }) =>
      or([
        eb('account_id', '=', account),
        eb('team_id', 'in', selectFrom('team_member').select('team_id').where('account_id', '=', account)),
      ]),
    )
    .orderBy('id')
    .execute();
}

/** All that the members of a team have by it. */
export function grantsOfTeam(query: Query, team: string): Promise<GrantedRole[]> {
  return query.selectFrom('access_grant').select(columns).where('team_id', '=', team).orderBy('id').execute();
}

export function listGrants(
  query: Query,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<GrantedRole[]> {
  let rows = query.selectFrom('access_grant').select(columns).orderBy('id').limit(limit);
  if (after !== undefined) rows = rows.where('id', '>', after);
  return rows.execute();
}

export function findGrant(query: Query, id: string): Promise<GrantedRole | undefined> {
  return query.selectFrom('access_grant').select(columns).where('id', '=', id).executeTakeFirst();
}

/** The id of the new grant. Account, team and the team of the scope exist. */
export async function addGrant(query: Query, grant: Omit<GrantedRole, 'id'>): Promise<string> {
  const { account, team, role, scope, createdAt } = grant;
  const added = await query
    .insertInto('access_grant')
    .values({
      account_id: account,
      team_id: team,
      role,
      scope: JSON.stringify(scope),
      scope_team_id: scope.kind === 'team' ? scope.team : null,
      created_at: createdAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return added.id;
}

export async function removeGrant(query: Query, id: string): Promise<void> {
  await query.deleteFrom('access_grant').where('id', '=', id).execute();
}
