import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseOsvRecord } from './record.ts';

const FIX = 'a'.repeat(40);
const START = 'b'.repeat(40);
const everything = [{ type: 'SEMVER', events: [{ introduced: '0' }] }];
const git = (...events: object[]) => ({ type: 'GIT', repo: 'https://github.com/Curl/curl.git', events });

function read(affected: readonly object[], more: { only?: string; id?: string } & Record<string, unknown> = {}) {
  const { only, id = 'X-1', ...top } = more;
  const parsed = parseOsvRecord({ id, ...top, affected }, only);
  assert.ok(parsed.ok);
  return parsed.value;
}

describe('what an entry is about', () => {
  const table: readonly [title: string, part: object, only: string | undefined, said: readonly string[]][] = [
    ['ecosystem and name', { package: { ecosystem: 'npm', name: '@a/b' } }, 'npm', ['npm @a/b']],
    ['a package URL alone', { package: { purl: 'pkg:npm/%40a/b' } }, 'npm', ['npm @a/b']],
    ['a package URL of Maven', { package: { purl: 'pkg:maven/org.a/b' } }, undefined, ['maven org.a:b']],
    ['a package URL of Go', { package: { purl: 'pkg:golang/github.com/a/b' } }, 'Go', ['golang github.com/a/b']],
    ['a package URL of another export', { package: { purl: 'pkg:npm/a' } }, 'PyPI', ['other-ecosystem']],
    ['a package URL of no registry', { package: { purl: 'pkg:generic/a' } }, 'npm', ['no-package']],
    ['a package URL that is none', { package: { purl: 'npm a' } }, 'npm', ['no-package']],
    ['another export', { package: { ecosystem: 'npm', name: 'a' } }, 'PyPI', ['other-ecosystem']],
    ['an ecosystem that nobody knows', { package: { ecosystem: 'New', name: 'a' } }, undefined, ['unknown-ecosystem']],
    ['nothing, where the publisher has one product', {}, 'CURL', ['curl curl']],
    [
      'nothing, where only the repository tells',
      { ranges: [git({ introduced: '0' })] },
      'GIT',
      ['git github.com/curl/curl'],
    ],
    ['nothing and no repository', {}, 'GIT', ['no-package']],
    ['nothing elsewhere', {}, 'npm', ['no-package']],
  ];
  for (const [title, part, only, said] of table) {
    test(title, () => {
      const { advisories, remarks } = read([{ ranges: everything, ...part }], only === undefined ? {} : { only });
      const names = advisories.flatMap(({ affected }) => affected.map(({ ecosystem, name }) => `${ecosystem} ${name}`));
      assert.deepEqual([...names, ...remarks], said);
    });
  }
});

describe('commits', () => {
  const events = git({ introduced: START }, { fixed: FIX }, { limit: 'main' }, { introduced: '0' });
  test('are kept where a package can be pinned by one', () => {
    const { advisories } = read([{ package: { ecosystem: 'GitHub Actions', name: 'a/b' }, ranges: [events] }]);
    const [affected] = advisories[0]?.affected ?? [];
    assert.deepEqual(affected?.commits, [{ introduced: START }, { fixed: FIX }, { introduced: '0' }]);
    assert.deepEqual([affected?.status, affected?.ranges], ['fixed', []]);
  });
  test('are left out beside versions, and said to be', () => {
    const part = { package: { ecosystem: 'PyPI', name: 'a' }, ranges: [events, ...everything] };
    const { advisories, remarks } = read([part]);
    assert.equal(advisories[0]?.affected[0]?.commits, undefined);
    assert.deepEqual(remarks, ['git-range']);
  });
  test('are kept where nothing else is said, so that the package counts as not assessable', () => {
    const { advisories, remarks } = read([{ package: { ecosystem: 'PyPI', name: 'a' }, ranges: [events] }]);
    assert.equal(advisories[0]?.affected[0]?.commits?.length, 3);
    assert.deepEqual(remarks, []);
  });
});

describe('ratings', () => {
  const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
  const part = (name: string, more: object = {}) => ({
    package: { ecosystem: 'npm', name },
    ranges: everything,
    ...more,
  });
  test('of one package are not those of another', () => {
    const { advisories } = read([
      part('a', { severity: [{ type: 'CVSS_V3', score: vector }], database_specific: { severity: 'Critical' } }),
      part('b', { ecosystem_specific: { severity: 'Low' } }),
      part('c', { ecosystem_specific: { severity: 'Low' } }),
    ]);
    assert.deepEqual(
      advisories.map(({ severity, scores, affected }) => [severity, scores.length, affected.map(({ name }) => name)]),
      [
        ['critical', 1, ['a']],
        ['low', 0, ['b', 'c']],
      ],
    );
  });
  const table: readonly [
    title: string,
    part: object,
    top: Record<string, unknown>,
    severity: string | undefined,
    scores: number,
  ][] = [
    ['GitHub', {}, { database_specific: { severity: 'MODERATE' } }, 'medium', 0],
    ['at the top, in words of its publisher', {}, { severity: [{ type: 'Ubuntu', score: 'high' }] }, 'high', 1],
    [
      'the package before the record',
      { database_specific: { severity: 'low' } },
      { database_specific: { severity: 'HIGH' } },
      'low',
      0,
    ],
    ['RustSec', { database_specific: { cvss: vector } }, {}, undefined, 1],
    [
      'a vector twice is one',
      { database_specific: { cvss: vector } },
      { severity: [{ type: 'CVSS_V3', score: vector }] },
      undefined,
      1,
    ],
    ['a malicious package', {}, { id: 'MAL-2024-1' }, 'critical', 0],
    ['a notice', {}, { id: 'ALSA-2024:1', summary: 'Important: a' }, 'high', 0],
    ['no rating', { database_specific: { severity: 'unknown', cvss: null } }, {}, undefined, 0],
  ];
  for (const [title, more, top, severity, scores] of table) {
    test(title, () => {
      const [advisory] = read([part('a', more)], top).advisories;
      assert.deepEqual([advisory?.severity, advisory?.scores.length], [severity, scores]);
    });
  }
});

describe('vulnerable parts', () => {
  const partsOf = (imports: unknown) =>
    read([{ package: { ecosystem: 'Go', name: 'm' }, ranges: everything, ecosystem_specific: { imports } }])
      .advisories[0]?.affected[0]?.parts;
  test('are the packages, functions and platforms that the publisher names', () => {
    assert.deepEqual(partsOf([{ path: 'm/a', symbols: ['F', 'T.M'], goos: ['windows'] }, { path: 'm' }]), [
      { path: 'm/a', symbols: ['F', 'T.M'], systems: ['windows'] },
      { path: 'm', symbols: [] },
    ]);
  });
  for (const broken of [
    [{ path: 'm/a' }, { symbols: ['F'] }],
    [{ path: 'm/a', symbols: ['F', 5] }],
    [{ path: 'm', symbols: ['F G'] }],
  ]) {
    test(`all of the module counts when one cannot be read: ${JSON.stringify(broken)}`, () => {
      assert.equal(partsOf(broken), undefined);
    });
  }
});
