import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sharedPath, sharedSkip } from '../../../../test/kit/shared.ts';
import type { FeedRecord } from '../../advisory-source.ts';
import { type AdvisoryDocument, documentOf, openDocument } from '../../documents/document.ts';
import { nodejsCore } from './index.ts';
import { rangesLeft } from './intervals.ts';

describe('release lines without their fixes', () => {
  const table: readonly [vulnerable: string, patched: string, ranges: string | undefined][] = [
    ['8.x || 7.x', '^8.1.4 || ^7.10.1', '7.0.0<7.10.1 8.0.0<8.1.4'],
    ['6.x || 5.x', '^6.7.0', '5.0.0|6.0.0 6.0.0<6.7.0'],
    ['9.7.x || 10.x', '^9.11.2 || ^10.4.1', '9.7.0|9.8.0 10.0.0<10.4.1'],
    ['0.10.x || 0.12.x', '^0.10.48 || ^0.12.17', '0.10.0<0.10.48 0.12.0<0.12.17'],
    ['10.x', '>= 10.9.0', '10.0.0<10.9.0'],
    ['<= 10', '^6.14.4 || ^8.11.4 || >= 10.9.0', '<6.14.4 7.0.0<8.11.4 9.0.0<10.9.0'],
    ['>=6.0.0 <6.2.0 || 5.x', '^5.12.0', '5.0.0<5.12.0 6.0.0|6.2.0'],
    ['8.5.0', '^8.6.0', '8.5.0|8.5.1'],
    ['^4.8.2 || 15.x', '^4.8.5 || 15.2.1', '4.8.2<4.8.5 15.0.0<15.2.1'],
    ['4.x', '^4.0.0', ''],
    ['all', '^4.0.0', undefined],
    ['4.x', 'soon', undefined],
    ['', '^4.0.0', undefined],
  ];
  for (const [vulnerable, patched, expected] of table) {
    test(`${vulnerable} patched ${patched}`, () => {
      const ranges = rangesLeft(vulnerable, patched)?.map(
        ({ introduced = '', fixed, limit }) => `${introduced}${fixed === undefined ? `|${limit}` : `<${fixed}`}`,
      );
      assert.equal(ranges?.join(' '), expected);
    });
  }
});

async function read(document: AdvisoryDocument): Promise<FeedRecord[]> {
  const feed = nodejsCore.feed('nodejs-core');
  assert.ok(feed);
  const records: FeedRecord[] = [];
  for await (const batch of nodejsCore.parse(document, feed)) records.push(...batch);
  return records;
}

test('reads the index', async () => {
  const entry = { cve: ['CVE-2030-1'], vulnerable: '20.x', patched: '^20.1.0', severity: 'high', overview: 'A flaw\n' };
  const records = await read(
    documentOf(
      'index.json',
      JSON.stringify({
        1: { ...entry, ref: 'https://example.org/', affectedEnvironments: ['all'] },
        2: { ...entry, cve: ['CVE-2030-2', 'CVE-2030-3'], severity: 'unknown' },
        3: { ...entry, affectedEnvironments: ['win32'] },
        4: { ...entry, vulnerable: 'x' },
      }),
    ),
  );
  const [first, second] = records.flatMap((record) => (record.kind === 'advisory' ? [record.advisory] : []));
  assert.deepEqual(first, {
    id: 'NODEJS-CORE-1',
    source: 'nodejs-core',
    aliases: ['CVE-2030-1'],
    bundles: [],
    summary: 'A flaw',
    severity: 'high',
    scores: [],
    references: ['https://example.org/'],
    affected: [
      {
        ecosystem: 'nodejs',
        name: 'node',
        subject: 'package',
        scheme: 'npm',
        status: 'fixed',
        ranges: [{ introduced: '20.0.0', fixed: '20.1.0' }],
        versions: [],
      },
    ],
  });
  assert.deepEqual([second?.aliases, second?.bundles, second?.severity], [[], ['CVE-2030-2', 'CVE-2030-3'], undefined]);
  const problems = records.flatMap((record) => (record.kind === 'problem' ? [record.problem] : []));
  assert.deepEqual(
    problems.map(({ code, effect }) => `${code} ${effect}`),
    ['nodejs-other-systems note', 'nodejs-entry-unreadable incomplete'],
  );
});

test('fails as a whole on what is no index', async () => {
  for (const text of ['', '[]', '{"1":5}', '<html>'])
    assert.equal((await read(documentOf('x', text)))[0]?.kind, 'failure');
});

const published = sharedPath('data', 'extra', 'nodejs-core', 'index.json');
test('reads every entry that the project has published', { skip: sharedSkip(published) }, async () => {
  const document = openDocument(published ?? '');
  assert.ok(document.ok);
  const records = await read(document.value);
  document.value.close();
  assert.ok(records.filter(({ kind }) => kind === 'advisory').length > 150);
  assert.deepEqual(
    records.flatMap((record) => (record.kind === 'problem' ? [record.problem.code] : [])),
    ['nodejs-other-systems'],
  );
});
