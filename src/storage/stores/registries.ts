import { type Selectable, sql } from 'kysely';
import type { Query } from '../index.ts';
import type { RegistrySettings, RegistryTable } from '../tables/registries.ts';
import { refreshAsset } from './estate/told.ts';
import { enqueue } from './jobs.ts';

export type StoredRegistry = Selectable<RegistryTable>;

export const SCAN_IMAGE = 'registries.scan';

export function listRegistries(query: Query) {
  return query
    .selectFrom('registry')
    .selectAll('registry')
    .select((eb) => [
      imagesIn(eb.ref('registry.id')).as('images'),
      imagesIn(eb.ref('registry.id'), 'waiting').as('waiting'),
      imagesIn(eb.ref('registry.id'), 'failed').as('failed'),
    ])
    .orderBy('name')
    .execute();
}

function imagesIn(id: unknown, state?: string) {
  const isState = state === undefined ? sql`true` : sql`scan_state = ${state}`;
  return sql<number>`(select count(*) from registry_image where registry_id = ${id} and gone_at is null and ${isState})`;
}

export function findRegistry(query: Query, id: string): Promise<StoredRegistry | undefined> {
  return query.selectFrom('registry').selectAll().where('id', '=', id).executeTakeFirst();
}

export interface NewRegistry {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly enabled: boolean;
  readonly settings: RegistrySettings;
  readonly sealed: string;
}

export async function addRegistry(query: Query, { settings, ...rest }: NewRegistry, at: Date): Promise<void> {
  await query
    .insertInto('registry')
    .values({ ...rest, settings: JSON.stringify(settings), created_at: at, next_poll_at: at })
    .execute();
}

/** What is not given stays. It is looked through anew. */
export async function changeRegistry(
  query: Query,
  id: string,
  { settings, ...rest }: Partial<Omit<NewRegistry, 'id'>>,
  at: Date,
): Promise<void> {
  await query
    .updateTable('registry')
    .set({ ...rest, ...(settings && { settings: JSON.stringify(settings) }), next_poll_at: at })
    .where('id', '=', id)
    .execute();
}

export async function removeRegistry(query: Query, id: string): Promise<void> {
  await query.deleteFrom('registry').where('id', '=', id).execute();
}

/** Those that are due, which are due again later, whatever happens meanwhile. */
export async function takeDueRegistries(query: Query, now: Date): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly id: string }>`
    update registry set next_poll_at = ${now}::timestamptz + (settings ->> 'everyMinutes')::int * interval '1 minute'
    where enabled and next_poll_at <= ${now} returning id`.execute(query);
  return rows.map(({ id }) => id);
}

export async function notePolled(query: Query, id: string, error: string | null, at: Date): Promise<void> {
  await query
    .updateTable('registry')
    .set({ error, ...(error === null && { polled_at: at }) })
    .where('id', '=', id)
    .execute();
}

export interface ListedRepository {
  readonly registry: string;
  /** As assets are called: `registry.example/team/app`. */
  readonly asset: string;
  readonly repository: string;
  /** Every tag that there is, with what it names where that is watched. */
  readonly tags: ReadonlyMap<string, string | undefined>;
}

/**
 * Brings what is known of a repository to what its registry lists: images that are new are to be scanned, tags that are gone or name
 * something else are closed, and what no tag names is retired, so that its findings end as the life cycle says. In a transaction.
 */
export async function reconcileRepository(
  query: Query,
  { registry, asset, repository, tags }: ListedRepository,
  at: Date,
): Promise<void> {
  const watched = [...tags].flatMap(([tag, digest]) => (digest === undefined ? [] : [{ tag, digest }]));
  const byDigest = [...Map.groupBy(watched, ({ digest }) => digest)].sort(([a], [b]) => (a < b ? -1 : 1));
  await sql`
    with listed as materialized (
      select digest, array(select jsonb_array_elements_text(tags::jsonb)) as tags from unnest(
        ${byDigest.map(([digest]) => digest)}::text[],
        ${byDigest.map(([, named]) => JSON.stringify(named.map(({ tag }) => tag).sort()))}::text[]) as one (digest, tags)
    ), gone as (
      update registry_image set gone_at = ${at}, tags = '{}' where registry_id = ${registry} and repository = ${repository}
        and gone_at is null and digest not in (select digest from listed)
    )
    insert into registry_image (registry_id, repository, digest, tags, found_at)
    select ${registry}::uuid, ${repository}, digest, tags, ${at}::timestamptz from listed
    on conflict (registry_id, repository, digest) do update set tags = excluded.tags, gone_at = null`.execute(query);
  const waiting = await query
    .selectFrom('registry_image')
    .select('digest')
    .where('registry_id', '=', registry)
    .where('repository', '=', repository)
    .where('gone_at', 'is', null)
    .where('scan_state', '=', 'waiting')
    .execute();
  for (const { digest } of waiting) await requestScan(query, { registry, repository, digest }, at);
  await followTags(query, asset, { tags, extent: 'all' }, at);
}

async function requestScan(
  query: Query,
  image: { readonly registry: string; readonly repository: string; readonly digest: string },
  runAt: Date,
): Promise<void> {
  const key = `${image.registry} ${image.repository} ${image.digest}`;
  await enqueue(query, { kind: SCAN_IMAGE, payload: { ...image }, runAt, key });
}

/**
 * Tags that are gone end, those that name a known image again begin; what is left without any is retired.
 *
 * @param extent `all`: the repository has no other tags
 */
export async function followTags(
  query: Query,
  asset: string,
  { tags, extent }: Pick<ListedRepository, 'tags'> & { readonly extent: 'all' | 'some' },
  at: Date,
): Promise<void> {
  const found = await query
    .selectFrom('asset')
    .select('id')
    .where('kind', '=', 'repository')
    .where('name', '=', asset)
    .forUpdate()
    .executeTakeFirst();
  if (found === undefined) return;
  const named = [...tags].flatMap(([tag, digest]) => (digest === undefined ? [] : [{ tag, digest }]));
  if (extent === 'all')
    await sql`
      update tag set until = ${at} where asset_id = ${found.id} and until is null
        and name <> all (${[...tags.keys()]}::text[])`.execute(query);
  // A tag that names something else than the newest sighting of it, which is an image that was scanned before.
  await sql`
    with listed as materialized (
      select * from unnest(${named.map(({ tag }) => tag)}::text[], ${named.map(({ digest }) => digest)}::text[]) as one (name, digest)
    ), meant as materialized (
      select listed.name, artifact.id, artifact.stream from listed
      join artifact on artifact.asset_id = ${found.id} and artifact.digests @> array[listed.digest]
      where not exists (
        select from tag where tag.asset_id = ${found.id} and tag.artifact_id = artifact.id and tag.name = listed.name and tag.until is null)
    ), ended as (
      update tag set until = ${at} from meant
      where tag.asset_id = ${found.id} and tag.name = meant.name and tag.stream = meant.stream and tag.until is null
    )
    insert into tag (asset_id, name, stream, artifact_id, since)
    select ${found.id}::uuid, name, stream, id, ${at}::timestamptz from meant on conflict do nothing`.execute(query);
  if (extent === 'all')
    await sql`
    update artifact set retired_at = ${at}
    where asset_id = ${found.id} and retired_at is null and last_seen_at < ${at}
      and not exists (select from tag where tag.artifact_id = artifact.id and tag.until is null)`.execute(query);
  await sql`
    update artifact set retired_at = null
    where asset_id = ${found.id} and retired_at is not null
      and exists (select from tag where tag.artifact_id = artifact.id and tag.until is null)`.execute(query);
  await refreshAsset(query, found.id, at);
}

/** Images that a watched registry no longer lists at all, by repository. */
export async function knownRepositories(query: Query, registry: string): Promise<readonly string[]> {
  const rows = await query
    .selectFrom('registry_image')
    .select('repository')
    .distinct()
    .where('registry_id', '=', registry)
    .where('gone_at', 'is', null)
    .execute();
  return rows.map(({ repository }) => repository);
}

/** Has images scanned again that were scanned before `before`. Returns how many. */
export async function requestRescans(query: Query, registry: string, before: Date, at: Date): Promise<number> {
  const { rows } = await sql<{ readonly repository: string; readonly digest: string }>`
    update registry_image set scan_state = 'waiting' where (registry_id, repository, digest) in (
      select registry_id, repository, digest from registry_image
      where registry_id = ${registry} and gone_at is null and scan_state in ('done', 'failed') and scanned_at < ${before}
      order by scanned_at limit 500)
    returning repository, digest`.execute(query);
  for (const { repository, digest } of rows) await requestScan(query, { registry, repository, digest }, at);
  return rows.length;
}

export interface ImagePlace {
  readonly registry: string;
  readonly repository: string;
  readonly digest: string;
}

export function findRegistryImage(query: Query, { registry, repository, digest }: ImagePlace) {
  return query
    .selectFrom('registry_image')
    .selectAll()
    .where('registry_id', '=', registry)
    .where('repository', '=', repository)
    .where('digest', '=', digest)
    .executeTakeFirst();
}

/** What came of a scan; undefined: it went well. */
export async function noteScanned(
  query: Query,
  { registry, repository, digest }: ImagePlace,
  error: string | undefined,
  at: Date,
): Promise<void> {
  await query
    .updateTable('registry_image')
    .set({ scan_state: error === undefined ? 'done' : 'failed', scanned_at: at, error: error?.slice(0, 2000) ?? null })
    .where('registry_id', '=', registry)
    .where('repository', '=', repository)
    .where('digest', '=', digest)
    .execute();
}

export function listRegistryImages(
  query: Query,
  registry: string,
  state: 'waiting' | 'done' | 'failed' | undefined,
  {
    after,
    limit,
  }: { readonly after: { readonly repository: string; readonly digest: string } | undefined; readonly limit: number },
) {
  return query
    .selectFrom('registry_image')
    .select(['repository', 'digest', 'tags', 'found_at', 'gone_at', 'scan_state', 'scanned_at', 'error'])
    .where('registry_id', '=', registry)
    .where('gone_at', 'is', null)
    .$if(state !== undefined, (found) => found.where('scan_state', '=', state ?? 'failed'))
    .$if(after !== undefined, (found) =>
      found.where(sql<boolean>`(repository, digest) > (${after?.repository ?? ''}, ${after?.digest ?? ''})`),
    )
    .orderBy('repository')
    .orderBy('digest')
    .limit(limit)
    .execute();
}
