import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#identity/index.ts';
import { visibleAssets } from '../../access.ts';
import type { Query } from '../../index.ts';
import type { Tables } from '../../tables/index.ts';
import type { PageAfter } from '../assets-read.ts';

const OPEN = ['open', 'in-progress'] as const;

/** Of the asset in whose row it stands. */
function openFindings() {
  return sql<number>`(select count(*) from finding where finding.asset_id = asset.id and state in ('open', 'in-progress'))`;
}

function running() {
  return sql<number>`(select count(*) from container where container.asset_id = asset.id and container.gone_at is null)`;
}

type ByName = PageAfter<{ readonly name: string; readonly id: string }>;

function afterName(after: ByName['after']): Expression<SqlBool> {
  const { lit } = expressionBuilder<Tables, 'asset'>();
  return after === undefined ? lit(true) : sql<boolean>`(asset.name, asset.id) > (${after.name}, ${after.id}::uuid)`;
}

export function listHosts(query: Query, scopes: readonly Scope[], { after, limit }: ByName) {
  return selectHosts(query, scopes)
    .where(afterName(after))
    .orderBy('asset.name')
    .orderBy('asset.id')
    .limit(limit)
    .execute();
}

export function findHost(query: Query, scopes: readonly Scope[], id: string) {
  return selectHosts(query, scopes).where('asset.id', '=', id).executeTakeFirst();
}

function selectHosts(query: Query, scopes: readonly Scope[]) {
  return query
    .selectFrom('asset')
    .leftJoin('host', 'host.asset_id', 'asset.id')
    .select([
      'asset.id',
      'asset.name',
      'asset.team_id as team',
      'asset.exposure',
      'host.told_at as toldAt',
      'host.facts',
    ])
    .select([openFindings().as('openFindings'), running().as('containers')])
    .select(
      sql<number>`(select count(*) from listener where listener.asset_id = asset.id and listener.gone_at is null)`.as(
        'listeners',
      ),
    )
    .where('asset.kind', '=', 'host')
    .where(visibleAssets(scopes));
}

export function listListeners(query: Query, host: string, { after, limit }: PageAfter<{ readonly id: string }>) {
  return query
    .selectFrom('listener')
    .select([
      'id',
      'protocol',
      'address',
      'port',
      'process',
      'container_key as container',
      'first_seen_at as firstSeenAt',
    ])
    .where('asset_id', '=', host)
    .where('gone_at', 'is', null)
    .$if(after !== undefined, (found) => found.where('id', '>', after?.id ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Clusters of which something is visible, with what is visible of them. */
export async function listClusters(query: Query, scopes: readonly Scope[]) {
  return query
    .selectFrom('cluster')
    .innerJoin('workload', 'workload.cluster_id', 'cluster.id')
    .innerJoin('asset', 'asset.id', 'workload.asset_id')
    .select(['cluster.id', 'cluster.name', 'cluster.told_at as toldAt', 'cluster.facts'])
    .select(({ fn }) => [
      fn.count<number>('workload.asset_id').filterWhere('workload.gone_at', 'is', null).as('workloads'),
      fn.count<number>('workload.namespace').distinct().filterWhere('workload.gone_at', 'is', null).as('namespaces'),
      fn
        .count<number>('workload.asset_id')
        .filterWhere('workload.gone_at', 'is', null)
        .filterWhere('asset.exposure', '=', 'internet')
        .as('exposed'),
    ])
    .where(visibleAssets(scopes))
    .groupBy('cluster.id')
    .orderBy('cluster.name')
    .execute();
}

/** Namespaces of a cluster of which something is visible. */
export function listNamespaces(query: Query, scopes: readonly Scope[], cluster: string) {
  return query
    .selectFrom('workload')
    .innerJoin('asset', 'asset.id', 'workload.asset_id')
    .leftJoin('namespace', (join) =>
      join.onRef('namespace.cluster_id', '=', 'workload.cluster_id').onRef('namespace.name', '=', 'workload.namespace'),
    )
    .select(['workload.namespace as name', 'namespace.labels'])
    .select(({ fn }) => fn.count<number>('workload.asset_id').as('workloads'))
    .select(sql<number>`coalesce(sum(${openFindings()}), 0)::int`.as('openFindings'))
    .where('workload.cluster_id', '=', cluster)
    .where('workload.gone_at', 'is', null)
    .where(visibleAssets(scopes))
    .groupBy(['workload.namespace', 'namespace.labels'])
    .orderBy('workload.namespace')
    .execute();
}

export interface WorkloadFilter {
  readonly cluster?: string;
  readonly namespace?: string;
  readonly exposure?: 'internet' | 'internal' | 'unknown';
  readonly team?: string;
  /** Part of the name. */
  readonly name?: string;
  readonly includesGone: boolean;
}

export function listWorkloads(
  query: Query,
  scopes: readonly Scope[],
  filter: WorkloadFilter,
  { after, limit }: ByName,
) {
  const { cluster, namespace, exposure, team, name, includesGone } = filter;
  return selectWorkloads(query, scopes)
    .$if(cluster !== undefined, (found) => found.where('workload.cluster_id', '=', cluster ?? ''))
    .$if(namespace !== undefined, (found) => found.where('workload.namespace', '=', namespace ?? ''))
    .$if(exposure !== undefined, (found) => found.where('asset.exposure', '=', exposure ?? 'unknown'))
    .$if(team !== undefined, (found) => found.where('asset.team_id', '=', team ?? ''))
    .$if(name !== undefined, (found) => found.where(sql<boolean>`position(lower(${name}) in lower(asset.name)) > 0`))
    .$if(!includesGone, (found) => found.where('workload.gone_at', 'is', null))
    .where(afterName(after))
    .orderBy('asset.name')
    .orderBy('asset.id')
    .limit(limit)
    .execute();
}

export function findWorkload(query: Query, scopes: readonly Scope[], id: string) {
  return selectWorkloads(query, scopes).where('asset.id', '=', id).executeTakeFirst();
}

function selectWorkloads(query: Query, scopes: readonly Scope[]) {
  return query
    .selectFrom('workload')
    .innerJoin('asset', 'asset.id', 'workload.asset_id')
    .innerJoin('cluster', 'cluster.id', 'workload.cluster_id')
    .select(['asset.id', 'cluster.id as cluster', 'cluster.name as clusterName', 'workload.namespace', 'workload.kind'])
    .select(['workload.name', 'asset.name as assetName', 'asset.team_id as team', 'asset.exposure', 'asset.labels'])
    .select(['workload.exposed_by as exposedBy', 'workload.facts', 'workload.first_seen_at as firstSeenAt'])
    .select(['workload.gone_at as goneAt', openFindings().as('openFindings'), running().as('containers')])
    .where(visibleAssets(scopes));
}

export interface ContainerFilter {
  /** Host or workload. */
  readonly asset?: string;
  /** Part of the image's name. */
  readonly image?: string;
  readonly digest?: string;
  /** Whether anything is known of what is in its image. */
  readonly isScanned?: boolean;
  readonly includesGone: boolean;
}

/** Containers with what is known of their images; an image that is out of the scopes is not known to whoever asks. */
export function listContainers(
  query: Query,
  scopes: readonly Scope[],
  { asset, image, digest, isScanned, includesGone }: ContainerFilter,
  { after, limit }: PageAfter<{ readonly id: string }>,
) {
  return query
    .selectFrom('container')
    .innerJoin('asset', 'asset.id', 'container.asset_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('artifact')
          .innerJoin('asset', 'asset.id', 'artifact.asset_id')
          .select(['artifact.id', 'asset.id as repository', 'asset.name as repositoryName'])
          .where(sql<boolean>`artifact.digests && container.image_digests`)
          .where(visibleAssets(scopes))
          .orderBy('artifact.id', 'desc')
          .limit(1)
          .as('found'),
      (join) => join.onTrue(),
    )
    .select([
      'container.id',
      'container.key',
      'container.name',
      'container.image',
      'container.image_digests as digests',
    ])
    .select(['container.facts', 'container.first_seen_at as firstSeenAt', 'container.last_seen_at as lastSeenAt'])
    .select(['container.gone_at as goneAt', 'asset.id as asset', 'asset.kind as assetKind', 'asset.name as assetName'])
    .select(['found.id as artifact', 'found.repository', 'found.repositoryName'])
    .where(visibleAssets(scopes))
    .$if(asset !== undefined, (found) => found.where('container.asset_id', '=', asset ?? ''))
    .$if(image !== undefined, (found) =>
      found.where(sql<boolean>`position(lower(${image}) in lower(container.image)) > 0`),
    )
    .$if(digest !== undefined, (found) =>
      found.where(sql<boolean>`container.image_digests @> array[${digest}]::text[]`),
    )
    .$if(isScanned !== undefined, (found) => found.where('found.id', isScanned === true ? 'is not' : 'is', null))
    .$if(!includesGone, (found) => found.where('container.gone_at', 'is', null))
    .$if(after !== undefined, (found) => found.where('container.id', '>', after?.id ?? ''))
    .orderBy('container.id')
    .limit(limit)
    .execute();
}

export interface EstateCounts {
  readonly repositories: number;
  readonly images: number;
  readonly hosts: number;
  readonly projects: number;
  readonly workloads: number;
  readonly containers: number;
  /** Running, and nothing is known of what is in them. */
  readonly unscannedContainers: number;
  readonly unownedAssets: number;
  readonly exposedAssets: number;
}

/** How much there is of everything. */
export async function estateCounts(query: Query, scopes: readonly Scope[]): Promise<EstateCounts> {
  const assets = await query
    .selectFrom('asset')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('kind', '=', 'repository').as('repositories'),
      fn.countAll<number>().filterWhere('kind', '=', 'host').as('hosts'),
      fn.countAll<number>().filterWhere('kind', '=', 'project').as('projects'),
      fn.countAll<number>().filterWhere('team_id', 'is', null).as('unownedAssets'),
      fn.countAll<number>().filterWhere('exposure', '=', 'internet').as('exposedAssets'),
    ])
    .where(visibleAssets(scopes))
    .executeTakeFirstOrThrow();
  const images = await query
    .selectFrom('artifact')
    .innerJoin('asset', 'asset.id', 'artifact.asset_id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('asset.kind', '=', 'repository')
    .where('artifact.is_current', '=', true)
    .where(visibleAssets(scopes))
    .executeTakeFirstOrThrow();
  const workloads = await query
    .selectFrom('workload')
    .innerJoin('asset', 'asset.id', 'workload.asset_id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workload.gone_at', 'is', null)
    .where(visibleAssets(scopes))
    .executeTakeFirstOrThrow();
  const containers = await query
    .selectFrom('container')
    .innerJoin('asset', 'asset.id', 'container.asset_id')
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn
        .countAll<number>()
        .filterWhere(sql<boolean>`not exists (select from artifact where artifact.digests && container.image_digests)`)
        .as('unscanned'),
    ])
    .where('container.gone_at', 'is', null)
    .where(visibleAssets(scopes))
    .executeTakeFirstOrThrow();
  return {
    ...assets,
    images: images.count,
    workloads: workloads.count,
    containers: containers.count,
    unscannedContainers: containers.unscanned,
  };
}

export interface ImageFilter {
  readonly repository?: string;
  readonly tag?: string;
  /** Of the manifest, the index or the configuration. */
  readonly digest?: string;
  /** Also those that no tag names, that run nowhere and that are not the newest. */
  readonly includesOld: boolean;
  readonly isRunning?: boolean;
}

const runningImage = sql<number>`(
  select count(*) from container where container.gone_at is null and container.image_digests && artifact.digests)`;

/** Images of repositories, the newest first. */
export function listImages(
  query: Query,
  scopes: readonly Scope[],
  { repository, tag, digest, includesOld, isRunning }: ImageFilter,
  { after, limit }: PageAfter<{ readonly id: number }>,
) {
  return selectImages(query, scopes)
    .$if(repository !== undefined, (found) => found.where('artifact.asset_id', '=', repository ?? ''))
    .$if(digest !== undefined, (found) => found.where(sql<boolean>`artifact.digests @> array[${digest}]::text[]`))
    .$if(tag !== undefined, (found) =>
      found.where(
        sql<boolean>`exists (select from tag where tag.artifact_id = artifact.id and tag.until is null and tag.name = ${tag})`,
      ),
    )
    .$if(isRunning !== undefined, (found) => found.where(sql<boolean>`(${runningImage} > 0) = ${isRunning}::boolean`))
    .$if(!includesOld, (found) => found.where('artifact.is_current', '=', true))
    .$if(after !== undefined, (found) => found.where('artifact.id', '<', after?.id ?? 0))
    .orderBy('artifact.id', 'desc')
    .limit(limit)
    .execute();
}

export function findImage(query: Query, scopes: readonly Scope[], id: number) {
  return selectImages(query, scopes).where('artifact.id', '=', id).executeTakeFirst();
}

function selectImages(query: Query, scopes: readonly Scope[]) {
  return query
    .selectFrom('artifact')
    .innerJoin('asset', 'asset.id', 'artifact.asset_id')
    .select(['artifact.id', 'artifact.digest', 'artifact.digests', 'artifact.platform', 'artifact.distribution'])
    .select(['artifact.facts', 'artifact.is_current as isCurrent', 'artifact.retired_at as retiredAt'])
    .select(['artifact.first_seen_at as firstSeenAt', 'artifact.last_seen_at as lastSeenAt'])
    .select([
      'artifact.inventory_at as inventoryAt',
      'artifact.inventory_complete as isComplete',
      'artifact.matched_at as matchedAt',
    ])
    .select(['asset.id as asset', 'asset.kind as assetKind', 'asset.name as assetName', 'asset.team_id as team'])
    .select(
      sql<
        string[]
      >`array(select distinct name from tag where tag.artifact_id = artifact.id and until is null order by 1)`.as(
        'tags',
      ),
    )
    .select(
      sql<number>`(
        select coalesce(sum(
          (select count(*) from package_set_member member where member.set_id = held.set_id)), 0)::int
        from artifact_package_set held where held.artifact_id = artifact.id)`.as('packages'),
    )
    .select(runningImage.as('running'))
    .where(visibleAssets(scopes));
}

/** What each layer of an artifact left to be seen, and the findings in it. */
export async function layersOf(query: Query, artifact: number) {
  const { rows } = await sql<{ readonly layer: string | null; readonly packages: number; readonly findings: number }>`
    select package_set.layer, count(member.package_id)::int as packages, (
      select count(distinct occurrence.finding_id)::int from occurrence join finding on finding.id = occurrence.finding_id
      where occurrence.artifact_id = ${artifact} and occurrence.gone_at is null and finding.state in ('open', 'in-progress')
        and occurrence.details ->> 'layer' is not distinct from package_set.layer) as findings
    from artifact_package_set held join package_set on package_set.id = held.set_id
    join package_set_member member on member.set_id = held.set_id
    where held.artifact_id = ${artifact} group by package_set.layer`.execute(query);
  return rows;
}

/** Findings that an artifact has now, the most urgent first. */
export function findingsOf(
  query: Query,
  artifact: number,
  { after, limit }: PageAfter<{ readonly rank: number; readonly id: string }>,
) {
  return query
    .selectFrom('finding')
    .select(['id', 'kind', 'rule', 'subject', 'title', 'severity', 'state', 'rank', 'due_at as dueAt'])
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('occurrence')
          .select('occurrence.id')
          .whereRef('occurrence.finding_id', '=', 'finding.id')
          .where('occurrence.artifact_id', '=', artifact)
          .where('occurrence.gone_at', 'is', null),
      ),
    )
    .where('state', 'in', OPEN)
    .$if(after !== undefined, (found) =>
      found.where(sql<boolean>`(- rank, id) > (${-(after?.rank ?? 0)}::float8, ${after?.id ?? ''}::uuid)`),
    )
    .orderBy(sql`- rank`)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Which artifacts the tags of a repository named, and when, the newest first. */
export function tagsOf(
  query: Query,
  asset: string,
  name: string | undefined,
  { after, limit }: PageAfter<{ readonly since: Date; readonly artifact: number; readonly name: string }>,
) {
  return query
    .selectFrom('tag')
    .innerJoin('artifact', 'artifact.id', 'tag.artifact_id')
    .select([
      'tag.name',
      'tag.stream as platform',
      'tag.since',
      'tag.until',
      'artifact.id as artifact',
      'artifact.digest',
    ])
    .where('tag.asset_id', '=', asset)
    .$if(name !== undefined, (found) => found.where('tag.name', '=', name ?? ''))
    .$if(after !== undefined, (found) =>
      found.where(
        sql<boolean>`(tag.since, artifact.id, tag.name) < (${after?.since ?? null}::timestamptz, ${after?.artifact ?? 0}::bigint, ${after?.name ?? ''})`,
      ),
    )
    .orderBy('tag.since', 'desc')
    .orderBy('artifact.id', 'desc')
    .orderBy('tag.name', 'desc')
    .limit(limit)
    .execute();
}
