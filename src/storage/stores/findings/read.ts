import type { Scope } from '#identity/index.ts';
import { visibleAssets } from '../../access.ts';
import type { Query } from '../../index.ts';

/** Places and events that are shown with a finding; more of them are counted only. */
const SHOWN = 200;

/** Undefined when there is none, or none for these scopes. `isLocked`: nobody changes it before the transaction ends. */
export async function findFinding(query: Query, id: string, scopes: readonly Scope[], isLocked = false) {
  const found = query
    .selectFrom('finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .leftJoin('team as owner', 'owner.id', 'asset.team_id')
    .leftJoin('account as assigned', 'assigned.id', 'finding.assignee')
    .selectAll('finding')
    .select(['asset.kind as asset_kind', 'asset.name as asset_name', 'asset.team_id', 'owner.name as team_name'])
    .select('assigned.name as assignee_name')
    .where('finding.id', '=', id)
    .where(visibleAssets(scopes));
  return (isLocked ? found.forUpdate('finding') : found).executeTakeFirst();
}

export type FoundFinding = NonNullable<Awaited<ReturnType<typeof findFinding>>>;

/** Where it is: what has it now first. */
export async function occurrencesOf(query: Query, finding: string) {
  return query
    .selectFrom('occurrence')
    .innerJoin('artifact', 'artifact.id', 'occurrence.artifact_id')
    .leftJoin('package', 'package.id', 'occurrence.package_id')
    .select(['artifact.digest', 'artifact.platform', 'occurrence.location', 'occurrence.tool', 'occurrence.details'])
    .select(['occurrence.first_seen_at', 'occurrence.last_seen_at', 'occurrence.gone_at', 'package.purl'])
    .select((eb) =>
      eb
        .selectFrom('tag')
        .select(({ fn }) => fn.agg<string[]>('array_agg', ['tag.name']).as('tags'))
        .whereRef('tag.artifact_id', '=', 'artifact.id')
        .where('tag.until', 'is', null)
        .as('tags'),
    )
    .where('occurrence.finding_id', '=', finding)
    .orderBy('occurrence.gone_at', (order) => order.desc().nullsFirst())
    .orderBy('occurrence.id', 'desc')
    .limit(SHOWN)
    .execute();
}

/** Its history, the newest first. */
export async function eventsOf(query: Query, finding: string, before: number | undefined, limit: number) {
  const events = query
    .selectFrom('finding_event')
    .leftJoin('account', 'account.id', 'finding_event.actor')
    .select(['finding_event.id', 'finding_event.at', 'finding_event.actor', 'account.name as actor_name'])
    .select(['finding_event.kind', 'finding_event.details'])
    .where('finding_event.finding_id', '=', finding)
    .orderBy('finding_event.id', 'desc')
    .limit(limit);
  return (before === undefined ? events : events.where('finding_event.id', '<', before)).execute();
}

/** Of these ids, the ones of findings that are for these scopes; in one order, so that two who lock them do not wait for each other. */
export async function visibleFindings(
  query: Query,
  ids: readonly string[],
  scopes: readonly Scope[],
): Promise<string[]> {
  const found = await query
    .selectFrom('finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .select('finding.id')
    .where('finding.id', 'in', [...ids])
    .where(visibleAssets(scopes))
    .orderBy('finding.id')
    .execute();
  return found.map(({ id }) => id);
}

export async function accountExists(query: Query, id: string): Promise<boolean> {
  const found = await query
    .selectFrom('account')
    .select('id')
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}
