import type { Problem, Result } from '#foundation/index.ts';
import { ok } from '#foundation/index.ts';
import type { SourceState } from '../advisory.ts';
import { readManifest, type ShardEntry } from '../database/manifest.ts';
import { findFeed } from '../sources/index.ts';

/** Publishers issue daily; after a week without a fetch a database misses what matters most, the newest. */
const STALE_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

export interface ShardStatus extends SourceState {
  readonly feed: string;
  readonly kind: 'advisories' | 'enrichment';
  readonly ecosystems: readonly string[];
  /** Of the shard file. */
  readonly bytes: number;
  /** Since it was last fetched or found unchanged. */
  readonly ageMs: number;
  /** Not fetched for a week. */
  readonly stale: boolean;
  /** Why this feed needs the user's permission, where it does. */
  readonly restricted?: string;
  /** Where the document came from. */
  readonly origin: string;
  /** What could not be read when the shard was built. */
  readonly problems: readonly Problem[];
}

export interface DatabaseStatus {
  readonly directory: string;
  readonly shards: readonly ShardStatus[];
  readonly bytes: number;
  readonly stale: boolean;
}

/** An absent database has no shards. Reads the manifest only. */
export function databaseStatus(directory: string, now: Date = new Date()): Result<DatabaseStatus> {
  const manifest = readManifest(directory);
  if (!manifest.ok) return manifest;
  const shards = manifest.value.map((entry) => shardStatus(entry, now));
  const bytes = shards.reduce((sum, shard) => sum + shard.bytes, 0);
  return ok({ directory, shards, bytes, stale: shards.some((shard) => shard.stale) });
}

function shardStatus(entry: ShardEntry, now: Date): ShardStatus {
  const { source, feed, title, license, attribution, limits, kind, ecosystems, asOf, fetchedAt } = entry;
  const { advisories, bytes, origin, problems } = entry;
  const ageMs = Math.max(0, now.getTime() - Date.parse(fetchedAt));
  const restricted = findFeed(source, feed)?.restricted;
  return {
    ...{ source, feed, title, license, attribution, limits, kind, ecosystems, asOf, fetchedAt, advisories, bytes },
    ageMs,
    stale: !(ageMs <= STALE_AFTER_MS),
    ...(restricted === undefined ? {} : { restricted }),
    origin,
    problems,
  };
}
