import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sharedPath, sharedSkip } from '../../../../test/kit/shared.ts';
import { zipOf } from '../../../../test/kit/zip.ts';
import type { FeedRecord } from '../../advisory-source.ts';
import { type AdvisoryDocument, documentOf, openDocument } from '../../documents/document.ts';
import { vulnrichment } from './index.ts';

async function read(document: AdvisoryDocument): Promise<FeedRecord[]> {
  const feed = vulnrichment.feed('vulnrichment');
  assert.ok(feed);
  const records: FeedRecord[] = [];
  for await (const batch of vulnrichment.parse(document, feed)) records.push(...batch);
  return records;
}

function enrichments(records: readonly FeedRecord[]) {
  return records.flatMap((record) => (record.kind === 'enrichment' ? [[record.id, record.enrichment]] : []));
}

const V31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const V40 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';

function cve(id: string, options: readonly object[], more: object = {}) {
  const content = { timestamp: '2026-05-01T12:00:00Z', id, options, role: 'CISA Coordinator', version: '2.0.3' };
  return {
    dataType: 'CVE_RECORD',
    dataVersion: '5.1',
    cveMetadata: { cveId: id, state: 'PUBLISHED' },
    containers: {
      cna: { metrics: [{ cvssV4_0: { vectorString: V40 } }, { cvssV3_1: { vectorString: V31 } }] },
      adp: [
        {
          title: 'CISA ADP Vulnrichment',
          metrics: [{ other: { type: 'ssvc', content } }, { cvssV3_1: { vectorString: V31 } }],
        },
      ],
    },
    ...more,
  };
}

describe('the archive of the repository', () => {
  const answers = [{ Exploitation: 'poc' }, { Automatable: 'yes' }, { 'Technical Impact': 'total' }];
  test('gives the answers and the vectors, CISA’s first, each once', async () => {
    const records = await read(
      documentOf(
        'develop.zip',
        zipOf([
          {
            name: 'vulnrichment-develop/2026/1xxx/CVE-2026-1000.json',
            content: JSON.stringify(cve('CVE-2026-1000', answers)),
          },
          { name: 'vulnrichment-develop/2026/1xxx/CVE-2026-1001.json', content: '{' },
          {
            name: 'vulnrichment-develop/2026/1xxx/CVE-2026-1002.json',
            content: JSON.stringify({ cveMetadata: { cveId: 'CVE-2026-1002' }, containers: { cna: {} } }),
          },
          { name: 'vulnrichment-develop/assets/schema.json', content: '{}' },
        ]),
      ),
    );
    assert.deepEqual(enrichments(records), [
      [
        'CVE-2026-1000',
        {
          ssvc: { exploitation: 'poc', automatable: true, technicalImpact: 'total', date: '2026-05-01' },
          cvss: [
            { type: 'CVSS_V3', value: V31 },
            { type: 'CVSS_V4', value: V40 },
          ],
        },
      ],
    ]);
    const problems = records.flatMap((record) => (record.kind === 'problem' ? [record.problem] : []));
    assert.deepEqual(
      problems.map(({ code, subject }) => [code, subject]),
      [['vulnrichment-record-unreadable', 'vulnrichment-develop/2026/1xxx/CVE-2026-1001.json']],
    );
    assert.ok(records.some((record) => record.kind === 'as-of' && record.date === '2026-05-01'));
  });
  const odd: readonly [string, readonly object[], object | undefined][] = [
    [
      'in other case',
      [{ Exploitation: 'Active' }, { Automatable: 'No' }],
      { exploitation: 'active', automatable: false, date: '2026-05-01' },
    ],
    ['unknown words', [{ Exploitation: 'soon' }, { Automatable: 'maybe' }, { constructor: 'x' }], undefined],
    ['none', [], undefined],
  ];
  for (const [title, options, ssvc] of odd) {
    test(`answers ${title}`, async () => {
      const bytes = zipOf([{ name: 'CVE-2026-1000.json', content: JSON.stringify(cve('CVE-2026-1000', options)) }]);
      const [, enrichment] = enrichments(await read(documentOf('a.zip', bytes)))[0] ?? [];
      assert.deepEqual((enrichment as { ssvc?: object } | undefined)?.ssvc, ssvc);
    });
  }
});

test('an extract of lines says the same', async () => {
  const lines = [
    {
      cve: 'CVE-2026-1',
      ssvc: { exploitation: 'None', automatable: 'no', technicalImpact: 'partial', timestamp: '2026-04-01' },
      cvss: [
        { source: 'cna', vector: V40 },
        { source: 'cisa-adp', vector: V31 },
        { source: 'x', vector: '<b>' },
      ],
    },
    { cve: 'CVE-2026-2' },
    { other: 1 },
  ];
  const records = await read(documentOf('x.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join('\n')));
  assert.deepEqual(enrichments(records), [
    [
      'CVE-2026-1',
      {
        ssvc: { exploitation: 'none', automatable: false, technicalImpact: 'partial', date: '2026-04-01' },
        cvss: [
          { type: 'CVSS_V3', value: V31 },
          { type: 'CVSS_V4', value: V40 },
        ],
      },
    ],
  ]);
  assert.equal(records.filter(({ kind }) => kind === 'problem').length, 1);
});

test('fails as a whole on what is neither', async () => {
  for (const bytes of ['', '<html>', '[]', zipOf([]), Buffer.from('PK\u0003\u0004')])
    assert.equal((await read(documentOf('x', bytes))).at(-1)?.kind, 'failure');
});

const published = sharedPath('data', 'enrich', 'vulnrichment.jsonl.gz');
test('reads 44,000 records', { skip: sharedSkip(published) }, async () => {
  const document = openDocument(published ?? '');
  assert.ok(document.ok);
  const records = await read(document.value);
  document.value.close();
  assert.ok(enrichments(records).length > 44_000);
  assert.equal(records.filter(({ kind }) => kind === 'problem').length, 0);
});
