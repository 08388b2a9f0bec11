import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Distribution } from '#model/index.ts';
import { endOfLifeOf } from './end-of-life.ts';

function distribution(text: string, name = text): Distribution {
  const [id = '', version] = text.split(' ');
  return { id, idLike: [], name, evidence: 'etc/os-release', ...(version === undefined ? {} : { version }) };
}

for (const [release, date, longTermDate] of [
  ['debian 12', '2026-07-11', '2028-06-30'],
  ['debian 11', '2024-08-14', '2026-08-31'],
  ['debian 6', '2014-05-31', '2016-02-29'],
  ['ubuntu 24.04', '2029-05-31', undefined],
  ['ubuntu 25.10', '2026-07-09', undefined],
  ['alpine 3.18', '2025-05-09', undefined],
  ['rhel 8.4', '2029-05-31', undefined],
  ['centos 8', '2021-12-31', undefined],
  ['ol 7.9', '2024-12-31', undefined],
  ['amzn 2018.03', '2023-12-31', undefined],
  ['sles 15.5', '2024-12-31', undefined],
] as const) {
  test(`knows the end of ${release}`, () => {
    const found = endOfLifeOf(distribution(release));
    assert.equal(found?.date, date);
    assert.equal(found?.longTermDate, longTermDate);
    assert.match(found?.source ?? '', /as known on \d{4}-\d\d-\d\d$/);
  });
}

test('tells CentOS Stream from CentOS Linux', () => {
  assert.equal(endOfLifeOf(distribution('centos 8', 'CentOS Stream 8'))?.date, '2024-05-31');
});

test('does not guess', () => {
  for (const release of ['debian', 'debian 99', 'sles 15.99', 'alpine edge', 'wolfi', 'kali 2024.1', 'constructor 1']) {
    assert.equal(endOfLifeOf(distribution(release)), undefined, release);
  }
});

const folder = new URL('../../../content/end-of-life/', import.meta.url);
for (const file of readdirSync(folder)) {
  test(`${file} holds dates, their source and their age`, () => {
    const { distributions, source, known, releases } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    assert.match(known, /^\d{4}-\d\d-\d\d$/);
    assert.match(source, /https:\/\//);
    const versions = releases.map(({ version }: { version: string }) => version);
    assert.equal(new Set(versions).size, versions.length);
    for (const { version, endOfLife, longTerm } of releases) {
      assert.match(endOfLife, /^\d{4}-\d\d-\d\d$/);
      assert.ok(!Number.isNaN(Date.parse(endOfLife)));
      if (longTerm !== undefined) assert.ok(longTerm > endOfLife);
      // A file that nothing loads would be dead data.
      assert.equal(endOfLifeOf(distribution(`${distributions[0]} ${version}`, distributions[0]))?.date, endOfLife);
    }
  });
}
