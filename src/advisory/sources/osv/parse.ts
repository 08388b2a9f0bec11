import { setImmediate as nextTurn } from 'node:timers/promises';
import { err, ok, openZip, type Result, type ZipArchive } from '#foundation/index.ts';
import type { Advisory } from '../../advisory.ts';
import type { Feed, FeedRecord } from '../../advisory-source.ts';
import { type AdvisoryDocument, readWhole } from '../../documents/document.ts';
import { failure, RecordTally } from '../../documents/feed-records.ts';
import { asObject, asText, parseJson } from '../../documents/json-values.ts';
import { osvEcosystemOf } from './feeds.ts';
import { parseOsvRecord, type RecordRead } from './record.ts';
import type { Remark } from './remark.ts';

/** Of one record: the largest that OSV.dev exports are some 10 MB (kernel updates with every binary package named). */
const MAX_RECORD_BYTES = 64 * 1024 * 1024;
/** Of a list, which stands in memory whole; the curl project's is 2 MB. */
const MAX_LIST_BYTES = 256 * 1024 * 1024;
const BATCH = 200;

/** The words for each remark; `incomplete` where a statement about a package was lost. */
const REMARKS: Readonly<Record<Remark, readonly ['incomplete' | 'degraded' | 'note', string]>> = {
  withdrawn: ['note', 'records that their publisher took back were left out'],
  'not-a-vulnerability': ['note', 'notices that fix no vulnerability were left out'],
  'other-ecosystem': ['note', 'packages of other ecosystems were left to the exports of those'],
  'git-range': [
    'note',
    'ranges of Git commits beside those of versions were left out: nothing installed from there has a commit for its version',
  ],
  'no-package': ['note', 'entries that name no package were left out'],
  'no-range': ['incomplete', 'entries that name a package but no version or range were left out'],
  'flawed-range': ['degraded', 'ranges break the schema and were read as widely as they can be meant'],
  'unknown-ecosystem': ['incomplete', 'packages of ecosystems that are not known here were left out'],
};

/** Reads an export (`<Ecosystem>/all.zip`) record by record, or one JSON list of records. */
export async function* parseOsvExport(document: AdvisoryDocument, feed: Feed): AsyncGenerator<readonly FeedRecord[]> {
  const records = isZip(document) ? zippedRecords(document) : await listedRecords(document);
  if (!records.ok) {
    yield [failure(document, records.error)];
    return;
  }
  const reader = new ExportReader(osvEcosystemOf(feed)?.name, document.modified);
  let batch: FeedRecord[] = [];
  for (const advisory of reader.advisories(records.value)) {
    batch.push({ kind: 'advisory', advisory });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
    await nextTurn();
  }
  yield [...batch, ...reader.ending(document)];
}

/** A record as it was found; `value` is undefined where it could not be read. */
interface FoundRecord {
  readonly name: string;
  readonly value: unknown;
}

function isZip({ access }: AdvisoryDocument): boolean {
  return access.read(0, 2).toString('latin1') === 'PK';
}

function zippedRecords(document: AdvisoryDocument): Result<Iterable<FoundRecord>> {
  const zip = openZip(document.access, { maxEntryBytes: MAX_RECORD_BYTES });
  return zip.ok ? ok(recordsIn(zip.value)) : zip;
}

function* recordsIn(zip: ZipArchive): Generator<FoundRecord> {
  for (const entry of zip.entries()) {
    if (!entry.name.endsWith('.json')) continue;
    const content = zip.read(entry);
    yield { name: entry.name, value: content.ok ? parseJson(content.value.toString('utf8')) : undefined };
  }
}

async function listedRecords(document: AdvisoryDocument): Promise<Result<Iterable<FoundRecord>>> {
  try {
    const list = parseJson((await readWhole(document, MAX_LIST_BYTES)).toString('utf8'));
    if (!Array.isArray(list)) return err('is neither a zip archive nor a JSON list of records');
    return ok(
      list.map((value: unknown, index) => ({ name: asText(asObject(value)?.['id']) ?? `record ${index + 1}`, value })),
    );
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause));
  }
}

class ExportReader {
  readonly #only: string | undefined;
  readonly #tally = new RecordTally();
  #readable = 0;
  #latest = '';
  readonly #newest: string;

  /** `newest`: when the export was made. Records hold dates in the future, which say nothing about the age of the data. */
  constructor(only: string | undefined, newest = '9') {
    this.#only = only;
    this.#newest = newest;
  }

  *advisories(records: Iterable<FoundRecord>): Generator<Advisory> {
    for (const { name, value } of records) {
      const read = parseOsvRecord(value, this.#only);
      if (read.ok) yield* this.#take(name, read.value);
      else this.#unreadable(name);
    }
  }

  #take(name: string, { advisories, modified, remarks }: RecordRead): readonly Advisory[] {
    this.#readable += 1;
    if (modified !== undefined && modified > this.#latest && modified <= this.#newest) this.#latest = modified;
    for (const remark of remarks) this.#tally.add(`osv-${remark}`, ...REMARKS[remark], name);
    return advisories;
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
