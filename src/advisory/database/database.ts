import { join } from 'node:path';
import { ok, type Result } from '#foundation/index.ts';
import type { AdvisoryLookup, AdvisoryMatch, Enrichment, SourceState } from '../advisory.ts';
import { packageKey } from '../ecosystem.ts';
import { BlockCache } from './block-cache.ts';
import { type Manifest, readManifest, type ShardEntry } from './manifest.ts';
import { decodeAdvisory, decodeEnrichment, decodeStatements, type Statement } from './record-codec.ts';
import { keyOf } from './shard-format.ts';
import { AdvisoryDatabaseError, ShardReader } from './shard-reader.ts';
import { speakersFor } from './speakers.ts';

/** An open database. What it answers stays as it was when it was opened, whatever is updated meanwhile. */
export interface AdvisoryDatabase extends AdvisoryLookup {
  /** Every source in it, enrichment included, for reports and status. */
  readonly sources: readonly SourceState[];
  /** Those that tell of vulnerabilities whatever the package: exploitation, its probability, ratings. */
  readonly enrichmentSources: readonly SourceState[];
  close(): void;
}

/**
 * Opens the database in a directory. An absent one is empty: it covers no ecosystem. An error means that it is there and
 * cannot be used, with words that say what to do. Only the manifest is read here; shards are opened when they are first
 * asked, and look-ups throw `AdvisoryDatabaseError` when one turns out damaged.
 *
 * @example
 * const database = openDatabase(databaseDirectory());
 * if (database.ok) for (const match of database.value.find('debian:12', 'curl')) …
 */
export function openDatabase(directory: string): Result<AdvisoryDatabase> {
  const manifest = readManifest(directory);
  return manifest.ok ? ok(new ShardDatabase(directory, manifest.value)) : manifest;
}

class ShardDatabase implements AdvisoryDatabase {
  readonly #shards: readonly Shard[];
  readonly #enrichment: readonly Shard[];
  readonly #speakers = new Map<string, { readonly shards: readonly Shard[]; readonly complete: boolean }>();

  constructor(directory: string, manifest: Manifest) {
    const cache = new BlockCache();
    this.#shards = manifest.map((entry) => new Shard(directory, entry, cache));
    this.#enrichment = this.#shards.filter(({ entry }) => entry.kind === 'enrichment');
  }

  get sources(): readonly SourceState[] {
    return this.#shards.map(({ entry }) => stateOf(entry));
  }

  get enrichmentSources(): readonly SourceState[] {
    return this.#enrichment.map(({ entry }) => stateOf(entry));
  }

  find(ecosystem: string, name: string): readonly AdvisoryMatch[] {
    const key = packageKey(ecosystem, name);
    if (hasControlCharacter(key)) return [];
    const matches: AdvisoryMatch[] = [];
    for (const shard of this.#speakersFor(ecosystem).shards) {
      const text = shard.reader().find(keyOf(ecosystem, key));
      if (text === undefined) continue;
      const statements = decodeStatements(text, ecosystem, key);
      if (!statements.ok) throw shard.damaged(statements.error);
      for (const statement of statements.value) matches.push(matchOf(shard, statement));
    }
    return matches;
  }

  enrich(vulnerabilityId: string): Enrichment {
    if (hasControlCharacter(vulnerabilityId)) return {};
    const key = keyOf('', vulnerabilityId);
    let enrichment: Enrichment = {};
    for (const shard of this.#enrichment) {
      const text = shard.reader().find(key);
      if (text !== undefined)
        enrichment = { ...enrichment, ...decodeEnrichment(text, shard.entry.source, shard.entry.asOf) };
    }
    return enrichment;
  }

  coverage(ecosystem: string): readonly SourceState[] {
    const { shards, complete } = this.#speakersFor(ecosystem);
    return complete ? shards.map(({ entry }) => stateOf(entry)) : [];
  }

  #speakersFor(ecosystem: string): { readonly shards: readonly Shard[]; readonly complete: boolean } {
    const known = this.#speakers.get(ecosystem);
    if (known) return known;
    const { entries, complete } = speakersFor(
      ecosystem,
      this.#shards.map((shard) => shard.entry),
    );
    const speakers = { shards: this.#shards.filter((shard) => entries.includes(shard.entry)), complete };
    this.#speakers.set(ecosystem, speakers);
    return speakers;
  }

  close(): void {
    for (const shard of this.#shards) shard.close();
  }
}

/** One shard, its file opened at the first look-up. */
class Shard {
  readonly #directory: string;
  readonly #cache: BlockCache;
  #entry: ShardEntry;
  #reader: ShardReader | undefined;

  constructor(directory: string, entry: ShardEntry, cache: BlockCache) {
    this.#directory = directory;
    this.#entry = entry;
    this.#cache = cache;
  }

  get entry(): ShardEntry {
    return this.#entry;
  }

  reader(): ShardReader {
    this.#reader ??= this.#open() ?? this.#openSuccessor();
    return this.#reader;
  }

  damaged(what: string): AdvisoryDatabaseError {
    return new AdvisoryDatabaseError('damaged', `${this.#entry.file}: ${what}; update or import the database anew`);
  }

  close(): void {
    this.#reader?.close();
    this.#reader = undefined;
  }

  /** Undefined when the file is not there. */
  #open(): ShardReader | undefined {
    const path = join(this.#directory, this.#entry.file);
    try {
      const reader = ShardReader.open(path, this.#entry.bytes, this.#cache);
      if (!reader.ok) throw this.damaged(reader.error);
      return reader.value;
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
      throw cause instanceof AdvisoryDatabaseError ? cause : this.damaged(String(cause));
    }
  }

  /**
   * An update replaced the file after we read the manifest: the manifest of now names its successor. Updates may follow each
   * other, so the successor can be gone as well; a file that the manifest still names and that is not there is missing.
   */
  #openSuccessor(): ShardReader {
    const { source, feed } = this.#entry;
    for (;;) {
      const manifest = readManifest(this.#directory);
      if (!manifest.ok) throw this.damaged(manifest.error);
      const successor = manifest.value.find((entry) => entry.source === source && entry.feed === feed);
      if (successor === undefined || successor.file === this.#entry.file) throw this.damaged('the file is missing');
      this.#entry = successor;
      const reader = this.#open();
      if (reader !== undefined) return reader;
    }
  }
}

/** A name that holds the file's own separators cannot be in it, and must not be searched for as if it were several lines. */
function hasControlCharacter(text: string): boolean {
  return /[\u0000-\u001f]/.test(text);
}

/**
 * The advisory is read and decoded when first looked at: most statements turn out not to concern the installed version.
 * A property of the object itself, not of a class, so that copies of the match (`{ ...match }`) keep it.
 */
function matchOf(shard: Shard, { ordinal, affected }: Statement): AdvisoryMatch {
  let advisory: AdvisoryMatch['advisory'] | undefined;
  return {
    affected,
    get advisory() {
      advisory ??= readAdvisory(shard, ordinal);
      return advisory;
    },
  };
}

function readAdvisory(shard: Shard, ordinal: number): AdvisoryMatch['advisory'] {
  const advisory = decodeAdvisory(shard.reader().record(ordinal), shard.entry.source);
  if (!advisory.ok) throw shard.damaged(advisory.error);
  return advisory.value;
}

function stateOf(entry: ShardEntry): SourceState {
  const { source, title, license, attribution, asOf, fetchedAt, advisories, limits } = entry;
  return { source, title, license, attribution, asOf, fetchedAt, advisories, limits };
}
