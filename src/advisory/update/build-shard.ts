import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Problem, ProblemLog, type Result } from '#foundation/index.ts';
import type { AdvisorySource, Feed, FeedRecord } from '../advisory-source.ts';
import { shardFileName, syncDirectory } from '../database/manifest.ts';
import { ShardWriter, type WrittenShard } from '../database/shard-writer.ts';
import type { AdvisoryDocument } from '../documents/document.ts';

/** Raised when a reader of documents or the shard's content improves, so that unchanged documents are read again. */
export const BUILDER_VERSION = 2;

export interface BuiltShard extends WrittenShard {
  readonly file: string;
  readonly problems: readonly Problem[];
}

export interface BuildOptions {
  /** Where shards lie; temporary files go into `staging` and must be on the same file system. */
  readonly directory: string;
  readonly staging: string;
  /** Stands for the date of the data when neither publisher nor transport tells (ISO 8601). */
  readonly fetchedAt: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (records: number) => void;
}

/** Reads a document into a new shard file, named by its content. The manifest does not know it yet. */
export async function buildShard(
  source: AdvisorySource,
  feed: Feed,
  document: AdvisoryDocument,
  options: BuildOptions,
): Promise<Result<BuiltShard>> {
  const temporary = join(options.staging, `${source.id}.${feed.id}.building`);
  rmSync(temporary, { force: true });
  const writer = new ShardWriter(temporary);
  try {
    const intake = new Intake(writer);
    for await (const batch of source.parse(document, feed)) {
      options.signal?.throwIfAborted();
      for (const record of batch) intake.take(record);
      options.onProgress?.(intake.records);
    }
    if (intake.failure !== undefined) return err(intake.failure);
    const shard = writer.finish({
      source: source.id,
      feed: feed.id,
      ecosystems: feed.ecosystems,
      asOf: intake.asOf ?? document.modified ?? options.fetchedAt,
    });
    const file = shardFileName(source.id, feed.id, shard.sha256);
    renameSync(temporary, join(options.directory, file));
    syncDirectory(options.directory);
    return ok({ ...shard, file, problems: intake.problems.list() });
  } finally {
    writer.close();
    rmSync(temporary, { force: true });
  }
}

/** Sorts what a parser gives into the shard, the problems and the verdict on the whole. */
class Intake {
  readonly #writer: ShardWriter;
  readonly problems = new ProblemLog();
  records = 0;
  asOf: string | undefined;
  failure: string | undefined;

  constructor(writer: ShardWriter) {
    this.#writer = writer;
  }

  take(record: FeedRecord): void {
    switch (record.kind) {
      case 'advisory':
        this.records += 1;
        this.#writer.addAdvisory(record.advisory);
        break;
      case 'enrichment':
        this.records += 1;
        this.#writer.addEnrichment(record.id, record.enrichment);
        break;
      case 'as-of':
        if (this.asOf === undefined || record.date > this.asOf) this.asOf = record.date;
        break;
      case 'problem':
        this.problems.add(record.problem);
        break;
      case 'failure':
        this.failure ??= record.message;
        break;
    }
  }
}
