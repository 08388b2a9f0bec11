import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { FeedRecord } from '../../advisory-source.ts';
import { documentOf } from '../../documents/document.ts';
import { epss } from './index.ts';

async function parse(text: string): Promise<FeedRecord[]> {
  const [feed] = epss.feedsFor();
  assert.ok(feed);
  const records: FeedRecord[] = [];
  const document = documentOf('epss.csv.gz', gzipSync(text), '2026-01-01T00:00:00.000Z');
  for await (const batch of epss.parse(document, feed)) records.push(...batch);
  return records;
}

const HEAD = '#model_version:v2025.03.14,score_date:2026-08-16T00:00:00+0000\ncve,epss,percentile\n';

test('reads scores, their day, and counts rows that it cannot read', async () => {
  const records = await parse(
    `${HEAD}CVE-1999-0001,0.03351,0.87650\r\nCVE-1999-0002,1.5,0.9\nnonsense\nCVE-2026-1234567,1e-5,0`,
  );
  const date = '2026-08-16T00:00:00+0000';
  assert.deepEqual(
    records.filter(({ kind }) => kind !== 'problem'),
    [
      {
        kind: 'enrichment',
        id: 'CVE-1999-0001',
        enrichment: { epss: { probability: 0.03351, percentile: 0.8765, date } },
      },
      {
        kind: 'enrichment',
        id: 'CVE-2026-1234567',
        enrichment: { epss: { probability: 0.00001, percentile: 0, date } },
      },
      { kind: 'as-of', date },
    ],
  );
  assert.equal(
    records.some((record) => record.kind === 'problem' && record.problem.count === 2),
    true,
  );
});

test('without a day in it, the day of the file stands', async () => {
  const records = await parse('cve,epss,percentile\nCVE-1999-0001,0.1,0.2\n');
  assert.deepEqual(records.at(-1), { kind: 'as-of', date: '2026-01-01T00:00:00.000Z' });
});

test('other columns, no rows or endless lines fail as a whole', async () => {
  for (const text of ['invalid,header,format\nCVE-2024-1,1,1', HEAD, '', 'x'.repeat(10_000)]) {
    assert.equal((await parse(text)).at(-1)?.kind, 'failure', text.slice(0, 40));
  }
});
