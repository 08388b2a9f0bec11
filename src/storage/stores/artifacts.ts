import { sql } from 'kysely';
import type { SubmittedArtifact } from '#findings/index.ts';
import type { Query } from '../index.ts';

export interface StoredArtifact {
  readonly id: number;
  readonly inventoryAt: Date | null;
  readonly inventoryComplete: boolean;
  readonly inventoryBy: string | null;
  /** The newest of its stream. */
  readonly isNewest: boolean;
}

/** Adds the artifact, or what is newer about it. */
export async function storeArtifact(
  query: Query,
  asset: string,
  artifact: SubmittedArtifact,
  seenAt: Date,
): Promise<StoredArtifact> {
  const distribution = artifact.distribution ? JSON.stringify(artifact.distribution) : null;
  const digests = [artifact.digest, ...(artifact.otherDigests ?? [])];
  const { rows } = await sql<Omit<StoredArtifact, 'isNewest'> & { readonly stream: string }>`
    insert into artifact (
      asset_id, digest, platform, distribution, facts, stream, digests, is_subscribed, match_context, first_seen_at, last_seen_at
    )
    values (
      ${asset}, ${artifact.digest}, ${artifact.platform ?? null}, ${distribution}::jsonb,
      ${JSON.stringify(artifact.facts)}::jsonb, ${artifact.stream}, ${digests}::text[], ${artifact.isSubscribed === true},
      md5(coalesce(${distribution}::jsonb::text, '') || ' ' || ${artifact.isSubscribed === true}::boolean::text), ${seenAt}, ${seenAt}
    )
    on conflict (asset_id, digest) do update set
      first_seen_at = least(artifact.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(artifact.last_seen_at, excluded.last_seen_at),
      stream = greatest(artifact.stream, excluded.stream),
      platform = coalesce(artifact.platform, excluded.platform),
      distribution = coalesce(artifact.distribution, excluded.distribution),
      match_context = case when artifact.distribution is null then excluded.match_context else artifact.match_context end,
      digests = array(select distinct unnest(artifact.digests || excluded.digests)),
      retired_at = case when artifact.retired_at < excluded.last_seen_at then null else artifact.retired_at end,
      facts = case
        when excluded.last_seen_at >= artifact.last_seen_at then artifact.facts || excluded.facts
        else excluded.facts || artifact.facts
      end
    returning
      id, stream, inventory_at as "inventoryAt", inventory_complete as "inventoryComplete", inventory_by as "inventoryBy"`.execute(
    query,
  );
  const [stored] = rows;
  if (stored === undefined) throw new Error('an upsert returns its row');
  const newest = await query
    .selectFrom('artifact')
    .select('id')
    .where('asset_id', '=', asset)
    .where('stream', '=', stored.stream)
    .orderBy('last_seen_at', 'desc')
    .orderBy('digest', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { ...stored, isNewest: newest?.id === stored.id };
}

/**
 * Notes that the tags named the artifact at that time. Every sighting is kept: in whatever order reports come, each tag names the
 * artifact of its newest one.
 */
export async function recordTags(
  query: Query,
  asset: string,
  artifact: number,
  { tags, stream }: Pick<SubmittedArtifact, 'tags' | 'stream'>,
  seenAt: Date,
): Promise<void> {
  if (tags.length === 0) return;
  await sql`
    insert into tag (asset_id, name, stream, artifact_id, since)
    select ${asset}::uuid, name, ${stream}, ${artifact}::bigint, ${seenAt}::timestamptz from unnest(${[...tags]}::text[]) as name
    on conflict do nothing`.execute(query);
  await sql`
    update tag set until = sighting.next
    from (
      select
        tag.name, tag.since, tag.artifact_id,
        lead(tag.since) over (partition by tag.name order by tag.since, artifact.digest) as next
      from tag join artifact on artifact.id = tag.artifact_id
      where tag.asset_id = ${asset} and tag.stream = ${stream} and tag.name = any (${[...tags]}::text[])
    ) as sighting
    where tag.asset_id = ${asset} and tag.stream = ${stream} and tag.name = sighting.name
      and tag.since = sighting.since and tag.artifact_id = sighting.artifact_id
      and tag.until is distinct from sighting.next`.execute(query);
}

/**
 * Says of each artifact of the asset whether it counts: named by a tag, run somewhere, or the newest of its stream that was not retired. What counts
 * again is to be matched with all advisories that came meanwhile.
 */
export async function refreshCurrent(query: Query, asset: string): Promise<void> {
  await sql`
    with newest as (
      select distinct on (stream) id from artifact where asset_id = ${asset} and retired_at is null
      order by stream, last_seen_at desc, digest desc
    ), counted as (
      select artifact.id,
        artifact.id in (select id from newest)
        or exists (select from tag where tag.artifact_id = artifact.id and tag.until is null)
        or exists (select from container where container.gone_at is null and container.image_digests && artifact.digests) as counts
      from artifact where asset_id = ${asset}
    )
    update artifact set
      is_current = counted.counts, matched_at = case when counted.counts then null else artifact.matched_at end
    from counted where counted.id = artifact.id and counted.counts <> artifact.is_current`.execute(query);
}
