import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { FeedRecord } from '../../advisory-source.ts';
import { documentOf } from '../../documents/document.ts';
import { debianTracker } from './index.ts';

async function parse(content: Buffer | string): Promise<FeedRecord[]> {
  const [feed] = debianTracker.feedsFor('debian:12');
  assert.ok(feed);
  const records: FeedRecord[] = [];
  for await (const batch of debianTracker.parse(documentOf('json', content, '2026-11-01T00:00:00.000Z'), feed)) {
    records.push(...batch);
  }
  return records;
}

const states: readonly [release: object, status: string, fixed?: string | undefined, note?: string][] = [
  [{ status: 'resolved', fixed_version: '1.2-3', urgency: 'not yet assigned' }, 'fixed', '1.2-3'],
  [{ status: 'resolved', fixed_version: '0', urgency: 'unimportant' }, 'not-affected', undefined, 'unimportant'],
  [{ status: 'resolved' }, 'unknown'],
  [{ status: 'open', urgency: 'not yet assigned' }, 'affected'],
  [{ status: 'open', nodsa: 'Minor issue', nodsa_reason: '' }, 'affected', undefined, 'no-dsa: Minor issue'],
  [
    { status: 'open', nodsa: 'Too intrusive', nodsa_reason: 'ignored' },
    'will-not-fix',
    undefined,
    'ignored: Too intrusive',
  ],
  [{ status: 'open', nodsa: 'Later', nodsa_reason: 'postponed' }, 'deferred', undefined, 'postponed: Later'],
  [{ status: 'open', urgency: 'end-of-life' }, 'end-of-life'],
  [{ status: 'open', urgency: 'unimportant' }, 'affected', undefined, 'unimportant'],
  [{ status: 'undetermined' }, 'under-investigation'],
  [{ status: 'something new' }, 'unknown'],
];

test('reads every state as the tracker means it', async () => {
  for (const [release, status, fixed, note] of states) {
    const records = await parse(JSON.stringify({ curl: { 'CVE-2026-1': { releases: { bookworm: release } } } }));
    const advisory = records.flatMap((record) => (record.kind === 'advisory' ? [record.advisory] : []))[0];
    const affected = advisory?.affected[0];
    assert.deepEqual(
      [affected?.ecosystem, affected?.name, affected?.status, affected?.ranges, affected?.note],
      ['debian:12', 'curl', status, fixed === undefined ? [] : [{ fixed }], note],
      JSON.stringify(release),
    );
  }
});

test('keeps one advisory for each vulnerability of a source, with all its releases', async () => {
  const releases = {
    bullseye: { status: 'open', urgency: 'low**' },
    sid: { status: 'resolved', fixed_version: '2', urgency: 'high**' },
    zurg: { status: 'open' },
  };
  const text = JSON.stringify({
    curl: { 'CVE-2026-1': { description: 'one\ntwo', scope: 'remote', releases }, 'TEMP-1-ABC': { releases } },
    broken: { 'CVE-2026-2': 5, 'not an id': { releases } },
  });
  const records = await parse(gzipSync(text));
  const advisories = records.flatMap((record) => (record.kind === 'advisory' ? [record.advisory] : []));
  assert.deepEqual(
    advisories.map(({ id, severity, summary, affected }) => [
      id,
      severity,
      summary,
      affected.map((each) => each.ecosystem),
    ]),
    [
      ['CVE-2026-1', 'high', 'one two', ['debian:11', 'debian:sid', 'debian:zurg']],
      ['TEMP-1-ABC', 'high', undefined, ['debian:11', 'debian:sid', 'debian:zurg']],
    ],
  );
  assert.deepEqual(records.slice(-2), [
    { kind: 'as-of', date: '2026-11-01T00:00:00.000Z' },
    {
      kind: 'problem',
      problem: {
        code: 'tracker-entry-unreadable',
        effect: 'incomplete',
        message: 'entries could not be read and were left out',
        subject: 'broken CVE-2026-2',
        count: 2,
      },
    },
  ]);
});

test('a suite or an urgency may have the name of a member that every object has', async () => {
  const releases = { constructor: { status: 'open', urgency: '__proto__' } };
  const [record] = await parse(JSON.stringify({ curl: { 'CVE-2026-1': { releases } } }));
  assert.ok(record?.kind === 'advisory');
  assert.equal(record.advisory.affected[0]?.ecosystem, 'debian:constructor');
  assert.equal(record.advisory.severity, undefined);
});

test('a document that is none, is cut, or is empty fails as a whole', async () => {
  const cut = gzipSync(JSON.stringify({ curl: { 'CVE-2026-1': { releases: {} } } })).subarray(0, 40);
  for (const content of ['<html>', '{}', '{"curl":{"CVE-2026-1":{"releases"', cut]) {
    assert.ok(
      (await parse(content)).some(({ kind }) => kind === 'failure'),
      String(content),
    );
  }
});
