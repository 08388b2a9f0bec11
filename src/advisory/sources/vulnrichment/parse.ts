import { setImmediate as nextTurn } from 'node:timers/promises';
import { openZip, type ZipArchive } from '#foundation/index.ts';
import type { Feed, FeedRecord } from '../../advisory-source.ts';
import { type AdvisoryDocument, lineBatches } from '../../documents/document.ts';
import { failure, RecordTally } from '../../documents/feed-records.ts';
import { parseJson } from '../../documents/json-values.ts';
import { type Enriched, parseCveRecord } from './cve-record.ts';
import { parseExtract } from './extract.ts';

/** Of one CVE record; the largest list thousands of product versions. */
const MAX_RECORD_BYTES = 16 * 1024 * 1024;
const LINE_LIMITS = { maxBytes: 2 * 1024 ** 3, maxLineBytes: 1024 * 1024 };
const BATCH = 1000;

/**
 * Reads the repository as an archive of CVE records (version 5), or an extract of it: lines of JSON with `cve`, `ssvc` and
 * `cvss`.
 */
export async function* parseVulnrichment(
  document: AdvisoryDocument,
  _feed: Feed,
): AsyncGenerator<readonly FeedRecord[]> {
  const reader = new EnrichmentReader(document.modified ?? '9');
  try {
    if (document.access.read(0, 2).toString('latin1') === 'PK') yield* fromArchive(document, reader);
    else for await (const lines of lineBatches(document, LINE_LIMITS)) yield reader.lines(lines);
  } catch (cause) {
    yield [failure(document, cause)];
    return;
  }
  yield reader.ending(document);
}

async function* fromArchive(
  document: AdvisoryDocument,
  reader: EnrichmentReader,
): AsyncGenerator<readonly FeedRecord[]> {
  const zip = openZip(document.access, { maxEntryBytes: MAX_RECORD_BYTES });
  if (!zip.ok) throw new Error(zip.error);
  let batch: FeedRecord[] = [];
  for (const record of reader.archive(zip.value)) {
    batch.push(record);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
    await nextTurn();
  }
  yield batch;
}

class EnrichmentReader {
  readonly #tally = new RecordTally();
  readonly #newest: string;
  #latest = '';
  #read = 0;

  constructor(newest: string) {
    this.#newest = newest;
  }

  *archive(zip: ZipArchive): Generator<FeedRecord> {
    for (const entry of zip.entries()) {
      if (!/(?:^|\/)CVE-\d{4}-\d{4,19}\.json$/.test(entry.name)) continue;
      const content = zip.read(entry);
      const value = content.ok ? parseJson(content.value.toString('utf8')) : undefined;
      const record = this.#take(parseCveRecord(value), entry.name);
      if (record !== undefined) yield record;
    }
  }

  lines(lines: readonly string[]): FeedRecord[] {
    return lines.flatMap((line) => {
      if (line.trim() === '') return [];
      const text = Buffer.from(line, 'latin1').toString('utf8');
      return this.#take(parseExtract(parseJson(text)), text.slice(0, 160)) ?? [];
    });
  }

  /** What says nothing that is kept is no loss; what cannot be read is. */
  #take(enriched: Enriched | undefined, name: string): FeedRecord | undefined {
    if (enriched === undefined) {
      this.#tally.add(
        'vulnrichment-record-unreadable',
        'degraded',
        'records could not be read and were left out',
        name,
      );
      return undefined;
    }
    this.#read += 1;
    const { id, ssvc, cvss } = enriched;
    const date = ssvc?.date ?? '';
    if (date > this.#latest && date <= this.#newest) this.#latest = date;
    if (ssvc === undefined && cvss.length === 0) return undefined;
    return { kind: 'enrichment', id, enrichment: { ...(ssvc && { ssvc }), ...(cvss.length > 0 && { cvss }) } };
  }

  ending(document: AdvisoryDocument): FeedRecord[] {
    if (this.#read === 0) return [failure(document, 'holds no readable record')];
    const asOf: FeedRecord[] = this.#latest === '' ? [] : [{ kind: 'as-of', date: this.#latest }];
    return [...asOf, ...this.#tally.records()];
  }
}
