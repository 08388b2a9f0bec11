import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FeedRecord } from '../../advisory-source.ts';
import { documentOf } from '../../documents/document.ts';
import { alpineSecdb } from './index.ts';

async function parse(content: unknown, feedId = 'v3.22-main'): Promise<FeedRecord[]> {
  const feed = alpineSecdb.feed(feedId);
  assert.ok(feed);
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const records: FeedRecord[] = [];
  for await (const batch of alpineSecdb.parse(documentOf('main.json', text), feed)) records.push(...batch);
  return records;
}

const secdb = (secfixes: unknown, distroversion = 'v3.22') => ({
  distroversion,
  reponame: 'main',
  packages: [{ pkg: { name: 'xen', secfixes } }],
});

async function summary(secfixes: unknown): Promise<string[]> {
  const records = await parse(secdb(secfixes));
  return records.flatMap((record) => {
    if (record.kind !== 'advisory') return [];
    const { id, aliases, affected } = record.advisory;
    const [statement] = affected;
    const fixes = statement?.ranges.map((range) => range.fixed).join('|');
    return [`${[id, ...aliases].join('=')} ${statement?.status} ${fixes}`.trim()];
  });
}

test('reads fixes, names and the zero that means never affected', async () => {
  assert.deepEqual(
    await summary({
      '0': ['CVE-2021-1'],
      '1.0-r0': ['CVE-2016-9932 XSA-200', 'XSA-207', 'CVE-2017-17434-1', 'CVE-2017-17434-2'],
      '1.1-r0': ['CVE-2017-10913 CVE-2017-10914 XSA-218', 'GHSA-rpmj-rpgj-qmpm', 'CVE-2021-2'],
      '1.2-r0': ['CVE-2021-2'],
    }),
    [
      'CVE-2021-1 not-affected',
      'CVE-2016-9932=XSA-200 fixed 1.0-r0',
      'XSA-207 fixed 1.0-r0',
      'CVE-2017-17434 fixed 1.0-r0',
      'CVE-2017-10913 fixed 1.1-r0',
      'CVE-2017-10914 fixed 1.1-r0',
      'GHSA-rpmj-rpgj-qmpm fixed 1.1-r0',
      'CVE-2021-2 fixed 1.1-r0|1.2-r0',
    ],
  );
  assert.deepEqual(await summary({ '0': ['CVE-2021-1'], '1.0-r0': ['CVE-2021-1'] }), ['CVE-2021-1 fixed 1.0-r0']);
});

test('counts what it cannot read', async () => {
  const records = await parse({
    packages: [{ pkg: { name: 'a', secfixes: { '1-r0': ['', '???', 'CVE-2021-1'], '2-r0': '' } } }, { pkg: {} }, 7],
  });
  const problems = records.flatMap((record) => (record.kind === 'problem' ? [record.problem] : []));
  assert.deepEqual(
    problems.map(({ code, count, subject }) => [code, count ?? 1, subject]),
    [
      ['secdb-id-unreadable', 2, 'a:'],
      ['secdb-package-unreadable', 1, undefined],
    ],
  );
  assert.equal(records.filter(({ kind }) => kind === 'advisory').length, 1);
});

test('refuses a document of another release or none at all', async () => {
  const wrong = await parse(secdb({}, 'v3.21'));
  assert.deepEqual(wrong, [{ kind: 'failure', message: 'main.json: speaks of v3.21, not of v3.22' }]);
  for (const content of ['<html>', '[]', '{"packages":{}}']) {
    assert.equal((await parse(content)).at(0)?.kind, 'failure', content);
  }
  assert.deepEqual(await parse({ packages: null }), []);
});

test('feeds: two repositories a release; those of Chainguard only with permission', () => {
  const ids = (key: string) => alpineSecdb.feedsFor(key).map((feed) => feed.id);
  assert.deepEqual(ids('alpine:3.22'), ['v3.22-main', 'v3.22-community']);
  assert.deepEqual(ids('alpine:edge'), ['edge-main', 'edge-community']);
  assert.deepEqual(ids('alpine:../..'), []);
  assert.deepEqual(ids('debian:12'), []);
  for (const key of ['wolfi', 'chainguard']) {
    assert.ok(
      alpineSecdb.feedsFor(key).every((feed) => feed.restricted !== undefined),
      key,
    );
  }
});
