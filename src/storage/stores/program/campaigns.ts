import { type SqlBool, sql } from 'kysely';
import type { Scope } from '#identity/index.ts';
import { dayOf } from '#program/index.ts';
import { visibleAssets } from '../../access.ts';
import type { Query } from '../../index.ts';
import type { TeamReach } from '../channels.ts';
import { type FindingSelection, selectFindings } from '../findings/list.ts';

export interface NewCampaign {
  readonly name: string;
  readonly about: string;
  readonly filter: string;
  readonly teams: readonly string[];
  readonly account: string;
  readonly endsAt: Date;
}

export async function addCampaign(
  query: Query,
  { teams, account, endsAt, ...rest }: NewCampaign,
  at: Date,
): Promise<string> {
  const { id } = await query
    .insertInto('campaign')
    .values({ ...rest, created_by: account, created_at: at, ends_at: endsAt, closed_at: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (teams.length > 0)
    await query
      .insertInto('campaign_team')
      .values(teams.map((team) => ({ campaign_id: id, team_id: team })))
      .execute();
  return id;
}

const teamsOf = sql<readonly { readonly id: string; readonly name: string }[]>`
  coalesce((select json_agg(json_build_object('id', team.id, 'name', team.name) order by team.name)
    from campaign_team join team on team.id = campaign_team.team_id where campaign_team.campaign_id = campaign.id), '[]')`;

function select(query: Query) {
  return query
    .selectFrom('campaign')
    .innerJoin('account', 'account.id', 'campaign.created_by')
    .select([
      'campaign.id',
      'campaign.name',
      'about',
      'filter',
      'created_by as account',
      'account.name as accountName',
      'campaign.created_at as createdAt',
      'ends_at as endsAt',
      'closed_at as closedAt',
      teamsOf.as('teams'),
    ]);
}

export type StoredCampaign = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

/** One of a team is for its people; one without teams is for everybody who sees all. */
function within(reach: TeamReach) {
  if (reach === 'all') return sql<SqlBool>`true`;
  return sql<SqlBool>`exists (select from campaign_team where campaign_id = campaign.id and team_id = any(${reach}::uuid[]))`;
}

export function listCampaigns(
  query: Query,
  reach: TeamReach,
  page: { after?: readonly [string, string]; limit: number },
) {
  let found = select(query).where(within(reach));
  if (page.after)
    found = found.where(sql<SqlBool>`(ends_at, campaign.id) > (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)`);
  return found.orderBy('ends_at').orderBy('campaign.id').limit(page.limit).execute();
}

export function findCampaign(query: Query, id: string, reach: TeamReach): Promise<StoredCampaign | undefined> {
  return select(query).where(within(reach)).where('campaign.id', '=', id).executeTakeFirst();
}

export function openCampaigns(query: Query): Promise<StoredCampaign[]> {
  return select(query).where('closed_at', 'is', null).execute();
}

export async function closeCampaign(query: Query, id: string, at: Date): Promise<void> {
  await query.updateTable('campaign').set({ closed_at: at }).where('id', '=', id).execute();
}

/** Takes in what the filter finds that is open, and notes what is no longer so, or is so again. */
export async function refreshCampaign(query: Query, id: string, selection: FindingSelection, now: Date): Promise<void> {
  const found = (await selectFindings(query, selection))
    .select([
      sql<string>`${id}::uuid`.as('campaign_id'),
      'finding.id as finding_id',
      sql<Date>`${now}::timestamptz`.as('added_at'),
    ])
    .where('finding.state', 'in', ['open', 'in-progress']);
  await query
    .insertInto('campaign_finding')
    .columns(['campaign_id', 'finding_id', 'added_at'])
    .expression(found)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await sql`
    update campaign_finding set ended_at = case when finding.state in ('open', 'in-progress') then null
      when finding.state = 'fixed' then greatest(coalesce(finding.fixed_at, ${now}), added_at) else ${now} end
    from finding where finding.id = finding_id and campaign_id = ${id}
      and (ended_at is null) <> (finding.state in ('open', 'in-progress'))`.execute(query);
}

export interface CampaignProgress {
  readonly team: string | null;
  readonly teamName: string | null;
  readonly findings: number;
  readonly fixed: number;
  readonly decided: number;
  readonly open: number;
}

/** How far each team is, of what somebody may see. */
export function campaignProgress(query: Query, id: string, scopes: readonly Scope[]): Promise<CampaignProgress[]> {
  return query
    .selectFrom('campaign_finding')
    .innerJoin('finding', 'finding.id', 'campaign_finding.finding_id')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .leftJoin('team', 'team.id', 'asset.team_id')
    .select([
      'asset.team_id as team',
      'team.name as teamName',
      sql<number>`count(*)`.as('findings'),
      sql<number>`count(*) filter (where finding.state = 'fixed')`.as('fixed'),
      sql<number>`count(*) filter (where finding.state in ('accepted', 'false-positive', 'not-affected'))`.as(
        'decided',
      ),
      sql<number>`count(*) filter (where finding.state in ('open', 'in-progress'))`.as('open'),
    ])
    .where('campaign_id', '=', id)
    .where(visibleAssets(scopes))
    .groupBy(['asset.team_id', 'team.name'])
    .orderBy('team.name')
    .execute();
}

export interface BurnDownDay {
  readonly day: string;
  readonly findings: number;
  readonly open: number;
}

/** How many there were, and how many of them were open, at the end of each day until now. */
export async function burnDown(
  query: Query,
  { id, createdAt, closedAt }: Pick<StoredCampaign, 'id' | 'createdAt' | 'closedAt'>,
  scopes: readonly Scope[],
  now: Date,
): Promise<BurnDownDay[]> {
  const until = closedAt ?? now;
  const { rows } = await sql<BurnDownDay>`
    with member as materialized (
      select added_at, ended_at from campaign_finding
      join finding on finding.id = finding_id join asset on asset.id = finding.asset_id
      where campaign_id = ${id} and ${visibleAssets(scopes)})
    select (day at time zone 'UTC')::date::text as day,
      count(*) filter (where added_at < day + interval '24 hours') as findings,
      count(*) filter (where added_at < day + interval '24 hours' and (ended_at is null or ended_at > least(day + interval '24 hours', ${until}::timestamptz))) as open
    from generate_series(${dayOf(createdAt)}::timestamptz, ${dayOf(until)}::timestamptz, interval '24 hours') as series (day)
    left join member on true group by day order by day limit 1000`.execute(query);
  return rows;
}
