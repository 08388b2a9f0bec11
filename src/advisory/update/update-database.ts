import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createHttpClient, err, type HttpClient, ok, type Problem, type Result, userAgent } from '#foundation/index.ts';
import type { Distribution } from '#model/index.ts';
import type { Feed } from '../advisory-source.ts';
import { type Manifest, readManifest, type ShardEntry, writeManifest } from '../database/manifest.ts';
import { speakersFor } from '../database/speakers.ts';
import { lockForWriting } from '../database/writer-lock.ts';
import { openDocument } from '../documents/document.ts';
import { ecosystemsOf } from '../ecosystem.ts';
import { BUILDER_VERSION, buildShard } from './build-shard.ts';
import { type Fetched, fetchDocument, removeDocument } from './fetch-document.ts';
import { fileChunks } from './file-chunks.ts';
import { prepareStaging, removeUnlisted } from './leftovers.ts';
import { type EcosystemPlan, type PlannedFeed, planEcosystem, planEnrichment, planRefresh } from './plan.ts';

export interface UpdateOptions {
  readonly directory: string;
  /** Keys as in `ecosystem.ts`. With neither these nor distributions, what is in the database already is refreshed. */
  readonly ecosystems?: readonly string[];
  readonly distributions?: readonly Distribution[];
  /** Source ids to keep to; every one that speaks for an ecosystem is then fetched. */
  readonly sources?: readonly string[];
  /**
   * A mirror directory, or the base URL of one, instead of the publishers, laid out as the feeds' `mirrorPaths` say:
   * `docs/guides/advisory-data.md`.
   */
  readonly from?: string;
  /** Also feeds whose licence restricts use. The caller has told the user why they are restricted. */
  readonly allowRestricted?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: UpdateProgress) => void;
  readonly http?: HttpClient;
}

export type UpdateProgress =
  | { readonly step: 'fetch'; readonly feed: Feed; readonly receivedBytes: number; readonly totalBytes?: number }
  | { readonly step: 'build'; readonly feed: Feed; readonly records: number }
  | { readonly step: 'done'; readonly outcome: FeedOutcome };

export interface FeedOutcome {
  readonly feed: Feed;
  /**
   * `updated`: a new shard stands. `unchanged`: the publisher has nothing newer. `failed`: the old shard, if any, stays.
   * `restricted`: not fetched without the user's permission.
   */
  readonly state: 'updated' | 'unchanged' | 'failed' | 'restricted';
  /** For `failed` and `restricted`: why, and what to do. */
  readonly message?: string;
  readonly bytes?: number;
  readonly advisories?: number;
  readonly problems: readonly Problem[];
}

export interface UpdateReport {
  readonly outcomes: readonly FeedOutcome[];
  /** Asked ecosystems that no shard speaks for now: packages of them cannot be assessed. */
  readonly unanswered: readonly string[];
}

/**
 * Brings the database up to date: only what is asked for, one feed after the other, each swapped in as soon as it is built.
 * A feed that fails leaves its old shard in place and the others go on; interrupted downloads continue at the next call.
 * An error means that nothing could be done at all: the directory is locked by another writer or cannot be used.
 */
export async function updateDatabase(options: UpdateOptions): Promise<Result<UpdateReport>> {
  const prepared = prepare(options.directory);
  if (!prepared.ok) return prepared;
  let ownHttp: HttpClient | undefined;
  const http = () => {
    ownHttp ??= createHttpClient({ userAgent });
    return options.http ?? ownHttp;
  };
  try {
    const update = new Update(options, prepared.value.manifest, http);
    await update.run();
    return ok(update.report());
  } finally {
    ownHttp?.close();
    prepared.value.release();
  }
}

function prepare(directory: string): Result<{ manifest: Manifest; release(): void }> {
  try {
    const lock = lockForWriting(directory);
    if (!lock.ok) return lock;
    const manifest = readManifest(directory);
    if (manifest.ok) {
      prepareStaging(directory);
      return ok({ manifest: manifest.value, release: lock.value.release });
    }
    lock.value.release();
    return manifest;
  } catch (cause) {
    return err(`the database directory ${directory} cannot be written: ${String(cause)}`);
  }
}

class Update {
  readonly #options: UpdateOptions;
  readonly #http: () => HttpClient;
  readonly #outcomes = new Map<string, FeedOutcome>();
  readonly #asked: readonly string[];
  #manifest: Manifest;

  constructor(options: UpdateOptions, manifest: Manifest, http: () => HttpClient) {
    this.#options = options;
    this.#manifest = manifest;
    this.#http = http;
    const ofDistributions = (options.distributions ?? []).flatMap((distribution) => ecosystemsOf(distribution));
    this.#asked = [...new Set([...(options.ecosystems ?? []), ...ofDistributions])];
  }

  async run(): Promise<void> {
    const { sources, ecosystems, distributions } = this.#options;
    if (ecosystems === undefined && distributions === undefined)
      await this.#bring(planRefresh(this.#manifest, sources));
    for (const ecosystem of this.#asked) await this.#bringEcosystem(planEcosystem(ecosystem, sources));
    await this.#bring(planEnrichment(sources));
    removeUnlisted(this.#options.directory, this.#manifest);
  }

  report(): UpdateReport {
    const unanswered = this.#asked.filter((ecosystem) => !speakersFor(ecosystem, this.#manifest).complete);
    return { outcomes: [...this.#outcomes.values()], unanswered };
  }

  async #bringEcosystem({ ecosystem, steps }: EcosystemPlan): Promise<void> {
    for (const step of steps) {
      await this.#bring(step);
      if (speakersFor(ecosystem, this.#manifest).complete) return;
    }
  }

  async #bring(planned: readonly PlannedFeed[]): Promise<void> {
    for (const each of planned) {
      if (this.#outcomes.has(shardId(each.feed))) continue;
      this.#options.signal?.throwIfAborted();
      const outcome = await this.#bringFeed(each);
      this.#outcomes.set(shardId(each.feed), outcome);
      this.#options.onProgress?.({ step: 'done', outcome });
    }
  }

  async #bringFeed({ source, feed }: PlannedFeed): Promise<FeedOutcome> {
    if (feed.restricted !== undefined && this.#options.allowRestricted !== true) {
      return { feed, state: 'restricted', message: `not fetched: ${feed.restricted}`, problems: [] };
    }
    const entry = this.#manifest.find((each) => shardId(feed) === `${each.source}/${each.feed}`);
    const fetched = await this.#fetch(feed, entry);
    if (!fetched.ok) return { feed, state: 'failed', message: fetched.error, problems: [] };
    if (fetched.value.state === 'unchanged') {
      if (entry) this.#replace({ ...entry, fetchedAt: new Date().toISOString() });
      return { feed, state: 'unchanged', problems: entry?.problems ?? [] };
    }
    try {
      return await this.#build({ source, feed }, fetched.value);
    } catch (cause) {
      this.#options.signal?.throwIfAborted();
      return { feed, state: 'failed', message: `${feed.title}: ${String(cause)}`, problems: [] };
    } finally {
      removeDocument(fetched.value);
    }
  }

  #fetch(feed: Feed, entry: ShardEntry | undefined): Promise<Result<Fetched>> {
    const { from, signal, onProgress, directory } = this.#options;
    const current = entry !== undefined && entry.builder === BUILDER_VERSION && isIntact(directory, entry);
    return fetchDocument(feed, {
      from,
      signal,
      staging: join(directory, 'staging'),
      http: this.#http,
      known:
        current && entry.validator !== undefined ? { origin: entry.origin, validator: entry.validator } : undefined,
      onProgress: (receivedBytes, totalBytes) =>
        onProgress?.({ step: 'fetch', feed, receivedBytes, ...(totalBytes === undefined ? {} : { totalBytes }) }),
    });
  }

  async #build({ source, feed }: PlannedFeed, fetched: Fetched & { state: 'fetched' }): Promise<FeedOutcome> {
    const { directory, signal, onProgress } = this.#options;
    const { origin, modified, validator, bytes } = fetched;
    const document = openDocument(fetched.path, { name: origin, ...(modified === undefined ? {} : { modified }) });
    if (!document.ok) return { feed, state: 'failed', message: document.error, problems: [] };
    const fetchedAt = new Date().toISOString();
    try {
      const built = await buildShard(source, feed, document.value, {
        directory,
        staging: join(directory, 'staging'),
        fetchedAt,
        ...(signal ? { signal } : {}),
        onProgress: (records) => onProgress?.({ step: 'build', feed, records }),
      });
      if (!built.ok) return { feed, state: 'failed', message: built.error, problems: [] };
      const { title, license, attribution, limits } = feed;
      const about = { title, license, attribution, limits, kind: source.kind, builder: BUILDER_VERSION };
      this.#replace({ ...built.value, ...about, fetchedAt, origin, ...(validator === undefined ? {} : { validator }) });
      const { advisories, problems } = built.value;
      return { feed, state: 'updated', bytes, advisories, problems };
    } finally {
      document.value.close();
    }
  }

  /** The manifest goes last: only now do readers see the new shard. */
  #replace(entry: ShardEntry): void {
    const others = this.#manifest.filter((each) => each.source !== entry.source || each.feed !== entry.feed);
    this.#manifest = [...others, entry].sort((a, b) => (`${a.source}/${a.feed}` < `${b.source}/${b.feed}` ? -1 : 1));
    writeManifest(this.#options.directory, this.#manifest);
  }
}

/** A shard that was removed or damaged is built anew, whether or not its document has changed. */
function isIntact(directory: string, entry: ShardEntry): boolean {
  try {
    const hash = createHash('sha256');
    for (const chunk of fileChunks(join(directory, entry.file))) hash.update(chunk);
    return hash.digest('hex') === entry.sha256;
  } catch {
    return false;
  }
}

function shardId(feed: Feed): string {
  return `${feed.source}/${feed.id}`;
}
