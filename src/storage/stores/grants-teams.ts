import type { Query } from '../index.ts';

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}

export interface TeamPage {
  readonly after: string | undefined;
  readonly limit: number;
  /** Only these, and those of which this account is a member; all when absent. */
  readonly among?: { readonly teams: readonly string[]; readonly account: string };
}

const columns = ['team.id', 'team.name', 'team.created_at as createdAt'] as const;

export function listTeams(query: Query, { after, limit, among }: TeamPage): Promise<Team[]> {
  let rows = query.selectFrom('team').select(columns).orderBy('team.id').limit(limit);
  if (after !== undefined) rows = rows.where('team.id', '>', after);
  if (among)
    rows = rows.where(({ eb, or, selectFrom, lit }) =>
      or([
        among.teams.length > 0 ? eb('team.id', 'in', among.teams) : lit(false),
        eb('team.id', 'in', selectFrom('team_member').select('team_id').where('account_id', '=', among.account)),
      ]),
    );
  return rows.execute();
}

export function findTeam(query: Query, id: string): Promise<Team | undefined> {
  return query.selectFrom('team').select(columns).where('id', '=', id).executeTakeFirst();
}

/** The new id; undefined when the name is taken. */
export async function addTeam(query: Query, name: string, at: Date): Promise<string | undefined> {
  const added = await query
    .insertInto('team')
    .values({ name, created_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added?.id;
}

/** False when the name is taken. */
export async function renameTeam(query: Query, id: string, name: string): Promise<boolean> {
  const taken = await query.selectFrom('team').select('id').where('name', '=', name).executeTakeFirst();
  if (taken && taken.id !== id) return false;
  await query.updateTable('team').set({ name }).where('id', '=', id).execute();
  return true;
}

/** What it owned is nobody's then, and shows as such. */
export async function removeTeam(query: Query, id: string): Promise<void> {
  await query.updateTable('asset').set({ team_id: null }).where('team_id', '=', id).execute();
  await query.deleteFrom('team').where('id', '=', id).execute();
}

/** By id of the account. */
export function listMembers(
  query: Query,
  team: string,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<{ readonly id: string; readonly name: string }[]> {
  let rows = query
    .selectFrom('team_member')
    .innerJoin('account', 'account.id', 'team_member.account_id')
    .select(['account.id', 'account.name'])
    .where('team_member.team_id', '=', team)
    .orderBy('account.id')
    .limit(limit);
  if (after !== undefined) rows = rows.where('account.id', '>', after);
  return rows.execute();
}

export async function addMember(query: Query, team: string, account: string): Promise<void> {
  await query
    .insertInto('team_member')
    .values({ team_id: team, account_id: account })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function removeMember(query: Query, team: string, account: string): Promise<void> {
  await query.deleteFrom('team_member').where('team_id', '=', team).where('account_id', '=', account).execute();
}

export async function isMember(query: Query, team: string, account: string): Promise<boolean> {
  const found = await query
    .selectFrom('team_member')
    .select('team_id')
    .where('team_id', '=', team)
    .where('account_id', '=', account)
    .executeTakeFirst();
  return found !== undefined;
}

/** Those of which an account is a member. */
export function teamsOf(query: Query, account: string): Promise<Team[]> {
  return query
    .selectFrom('team')
    .innerJoin('team_member', 'team_member.team_id', 'team.id')
    .select(columns)
    .where('team_member.account_id', '=', account)
    .orderBy('team.id')
    .limit(1000)
    .execute();
}
