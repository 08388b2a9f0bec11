import type { Feed, FeedRecord } from '../../advisory-source.ts';
import { type AdvisoryDocument, lineBatches } from '../../documents/document.ts';
import { failure, RecordTally } from '../../documents/feed-records.ts';
import { asDate } from '../../documents/json-values.ts';

const LIMITS = { maxBytes: 256 * 1024 * 1024, maxLineBytes: 4096 };
const HEADER = 'cve,epss,percentile';
const ROW = /^(CVE-\d{4}-\d{4,19}),([0-9.eE+-]{1,24}),([0-9.eE+-]{1,24})$/;

/** Reads the day's scores: `#model_version:…,score_date:…`, a header line, then `CVE,probability,percentile`. */
export async function* parseEpss(document: AdvisoryDocument, _feed: Feed): AsyncGenerator<readonly FeedRecord[]> {
  const reader = new ScoreReader(document.modified ?? '');
  try {
    for await (const lines of lineBatches(document, LIMITS)) yield reader.read(lines);
  } catch (cause) {
    yield [failure(document, cause)];
    return;
  }
  yield reader.ending(document);
}

class ScoreReader {
  readonly #tally = new RecordTally();
  #date: string;
  #hasHeader = false;
  #rows = 0;

  constructor(date: string) {
    this.#date = date;
  }

  read(lines: readonly string[]): FeedRecord[] {
    const records: FeedRecord[] = [];
    for (const raw of lines) {
      const line = raw.trimEnd();
      const record = this.#hasHeader ? this.#row(line) : this.#preamble(line);
      if (record) records.push(record);
    }
    return records;
  }

  #preamble(line: string): undefined {
    if (line.startsWith('#')) this.#date = asDate(/score_date:([^,]+)/.exec(line)?.[1]) ?? this.#date;
    else if (line === HEADER) this.#hasHeader = true;
    else if (line !== '') throw new Error(`not the scores (the columns are not ${HEADER})`);
  }

  #row(line: string): FeedRecord | undefined {
    if (line === '') return undefined;
    const [, id, probabilityText, percentileText] = ROW.exec(line) ?? [];
    const probability = Number(probabilityText);
    const percentile = Number(percentileText);
    if (id === undefined || !(probability >= 0 && probability <= 1 && percentile >= 0 && percentile <= 1)) {
      this.#tally.add('epss-row-unreadable', 'degraded', 'rows could not be read and were left out', line);
      return undefined;
    }
    this.#rows += 1;
    return { kind: 'enrichment', id, enrichment: { epss: { probability, percentile, date: this.#date } } };
  }

  ending(document: AdvisoryDocument): FeedRecord[] {
    if (this.#rows === 0) return [failure(document, 'holds no score')];
    const asOf: FeedRecord[] = this.#date === '' ? [] : [{ kind: 'as-of', date: this.#date }];
    return [...asOf, ...this.#tally.records()];
  }
}
