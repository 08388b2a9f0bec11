import { sql } from 'kysely';
import type { Scope } from '#identity/index.ts';
import { visibleAssets } from '../access.ts';
import type { Query } from '../index.ts';

/** One more than `limit` is asked for by callers that want to know whether there are more. */
export interface PageAfter<Place> {
  readonly after: Place | undefined;
  readonly limit: number;
}

export interface AssetFilter {
  readonly kind?: 'repository' | 'host' | 'project' | 'workload';
  /** Part of the name, in any case. */
  readonly name?: string;
  readonly team?: string;
  /** True: only what nobody owns. */
  readonly isUnowned?: boolean;
}

/** Assets by name. */
export function listAssets(
  query: Query,
  scopes: readonly Scope[],
  filter: AssetFilter,
  { after, limit }: PageAfter<{ readonly name: string; readonly id: string }>,
) {
  let found = selectAssets(query, scopes);
  if (filter.kind !== undefined) found = found.where('asset.kind', '=', filter.kind);
  if (filter.team !== undefined) found = found.where('asset.team_id', '=', filter.team);
  if (filter.isUnowned) found = found.where('asset.team_id', 'is', null);
  if (filter.name !== undefined)
    found = found.where(sql<boolean>`position(lower(${filter.name}) in lower(asset.name)) > 0`);
  if (after !== undefined)
    found = found.where(sql<boolean>`(asset.name, asset.id) > (${after.name}, ${after.id}::uuid)`);
  return found.orderBy('asset.name').orderBy('asset.id').limit(limit).execute();
}

export function findAsset(query: Query, scopes: readonly Scope[], id: string) {
  return selectAssets(query, scopes).where('asset.id', '=', id).executeTakeFirst();
}

function selectAssets(query: Query, scopes: readonly Scope[]) {
  return query
    .selectFrom('asset')
    .leftJoin('team', 'team.id', 'asset.team_id')
    .select((eb) => [
      'asset.id',
      'asset.kind',
      'asset.name',
      'asset.team_id as team',
      'team.name as teamName',
      'asset.owned_by as ownedBy',
      'asset.exposure',
      'asset.labels',
      'asset.first_seen_at as firstSeenAt',
      'asset.last_seen_at as lastSeenAt',
      eb
        .selectFrom('finding')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('finding.asset_id', '=', 'asset.id')
        .where('finding.state', 'in', ['open', 'in-progress'])
        .as('openFindings'),
    ])
    .where(visibleAssets(scopes));
}

/** What an asset consisted of over time, the newest first, with the tags that name it now. */
export async function listArtifacts(
  query: Query,
  scopes: readonly Scope[],
  asset: string,
  { after, limit }: PageAfter<{ readonly at: Date; readonly id: number }>,
) {
  let found = query
    .selectFrom('artifact')
    .innerJoin('asset', 'asset.id', 'artifact.asset_id')
    .select((eb) => [
      'artifact.id',
      'artifact.digest',
      'artifact.platform',
      'artifact.distribution',
      'artifact.first_seen_at as firstSeenAt',
      'artifact.last_seen_at as lastSeenAt',
      eb
        .selectFrom('tag')
        .select(sql<string[]>`coalesce(array_agg(distinct tag.name order by tag.name), '{}')`.as('names'))
        .whereRef('tag.artifact_id', '=', 'artifact.id')
        .where('tag.until', 'is', null)
        .as('tags'),
      eb
        .selectFrom('artifact_package')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('artifact_package.artifact_id', '=', 'artifact.id')
        .as('packages'),
    ])
    .where('artifact.asset_id', '=', asset)
    .where(visibleAssets(scopes));
  if (after !== undefined)
    found = found.where(
      sql<boolean>`(artifact.last_seen_at, artifact.id) < (${after.at}::timestamptz, ${after.id}::bigint)`,
    );
  return found.orderBy('artifact.last_seen_at', 'desc').orderBy('artifact.id', 'desc').limit(limit).execute();
}

export async function isVisibleArtifact(query: Query, scopes: readonly Scope[], artifact: number): Promise<boolean> {
  const found = await query
    .selectFrom('artifact')
    .innerJoin('asset', 'asset.id', 'artifact.asset_id')
    .select('artifact.id')
    .where('artifact.id', '=', artifact)
    .where(visibleAssets(scopes))
    .executeTakeFirst();
  return found !== undefined;
}
