import { setImmediate as nextTurn } from 'node:timers/promises';
import { openZip, type ZipArchive } from '#foundation/index.ts';
import type { Advisory } from '../../advisory.ts';
import type { Feed, FeedRecord } from '../../advisory-source.ts';
import type { AdvisoryDocument } from '../../documents/document.ts';
import { failure, RecordTally } from '../../documents/feed-records.ts';
import { parseJson } from '../../documents/json-values.ts';
import { osvEcosystemOf } from './feeds.ts';
import { parseOsvRecord, type Remark } from './record.ts';

/** Of one record: the largest that OSV.dev exports are some 10 MB (kernel updates with every binary package named). */
const MAX_RECORD_BYTES = 64 * 1024 * 1024;
const BATCH = 200;

/** The words for each remark; `incomplete` where a statement about a package was lost. */
const REMARKS: Readonly<Record<Remark, readonly ['incomplete' | 'degraded' | 'note', string]>> = {
  withdrawn: ['note', 'records that their publisher took back were left out'],
  'not-a-vulnerability': ['note', 'notices that fix no vulnerability were left out'],
  'other-ecosystem': ['note', 'packages of other ecosystems were left to the exports of those'],
  'git-range': ['note', 'ranges of Git commits are not used'],
  'no-package': ['note', 'entries that name no package were left out'],
  'no-range': ['incomplete', 'entries that name a package but no version or range were left out'],
  'flawed-range': ['degraded', 'ranges break the schema and were read as widely as they can be meant'],
  'unknown-ecosystem': ['incomplete', 'packages of ecosystems that are not known here were left out'],
};

/** Reads an export (`<Ecosystem>/all.zip`) record by record. */
export async function* parseOsvExport(document: AdvisoryDocument, feed: Feed): AsyncGenerator<readonly FeedRecord[]> {
  const zip = openZip(document.access, { maxEntryBytes: MAX_RECORD_BYTES });
  if (!zip.ok) {
    yield [failure(document, zip.error)];
    return;
  }
  const reader = new ExportReader(zip.value, osvEcosystemOf(feed)?.name, document.modified);
  let batch: FeedRecord[] = [];
  for (const advisory of reader.advisories()) {
    batch.push({ kind: 'advisory', advisory });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
    await nextTurn();
  }
  yield [...batch, ...reader.ending(document)];
}

class ExportReader {
  readonly #zip: ZipArchive;
  readonly #only: string | undefined;
  readonly #tally = new RecordTally();
  #readable = 0;
  #latest = '';
  readonly #newest: string;

  /** `newest`: when the export was made. Records hold dates in the future, which say nothing about the age of the data. */
  constructor(zip: ZipArchive, only: string | undefined, newest = '9') {
    this.#zip = zip;
    this.#only = only;
    this.#newest = newest;
  }

  *advisories(): Generator<Advisory> {
    for (const entry of this.#zip.entries()) {
      if (!entry.name.endsWith('.json')) continue;
      const content = this.#zip.read(entry);
      if (content.ok) yield* this.#record(entry.name, parseJson(content.value.toString('utf8')));
      else this.#unreadable(entry.name);
    }
  }

  *#record(name: string, value: unknown): Generator<Advisory> {
    const read = parseOsvRecord(value, this.#only);
    if (!read.ok) return this.#unreadable(name);
    this.#readable += 1;
    const { advisories, modified, remarks } = read.value;
    if (modified !== undefined && modified > this.#latest && modified <= this.#newest) this.#latest = modified;
    for (const remark of remarks) this.#tally.add(`osv-${remark}`, ...REMARKS[remark], name);
    yield* advisories;
  }

  #unreadable(name: string): void {
    this.#tally.add('osv-record-unreadable', 'incomplete', 'records could not be read and were left out', name);
  }

  ending(document: AdvisoryDocument): FeedRecord[] {
    if (this.#readable === 0) return [failure(document, 'holds no readable record')];
    const asOf: FeedRecord[] = this.#latest === '' ? [] : [{ kind: 'as-of', date: this.#latest }];
    return [...asOf, ...this.#tally.records()];
  }
}
