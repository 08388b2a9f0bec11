import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { sharedPath, sharedSkip } from '../../test/kit/shared.ts';
import { type Ordering, type VersionScheme, versionScheme, versionSchemes } from './index.ts';

// The contract and the laws that hold for every scheme; what is particular to one is tested in its own folder.

const schemesFolder = join(import.meta.dirname, 'schemes');
const signs: Readonly<Record<string, Ordering>> = { '<': -1, '=': 0, '>': 1 };

interface Case {
  readonly row: string;
  readonly a: string;
  readonly b: string;
  readonly expected: Ordering;
}

/** Labels that are not what the ecosystem's own tool answers, by scheme: texts that it refuses, and whole rows. */
const disputed: Readonly<Record<string, readonly string[]>> = {
  // Gem::Version refuses `1beta`. A blank is 0 to it, but to a scanner it is a version that was not found.
  gem: ['1beta', ''],
  // Composer refuses the first four. The rows come from PHP's version_compare on the raw texts, without Composer's normal form.
  packagist: [
    '0.0.1-test1',
    '3.0.0b1.post2',
    '3.0.0b2.post2',
    '1.5.1.dev100',
    '1.0.0 > 1.0',
    'v1.9.0-ALPHA.1 = v1.9.0-BETA.1',
    'v6.6 < v6.6.0-beta',
  ],
  // No versions by PEP 440; since release 22 packaging refuses them.
  pep440: [
    '0.1-charmander',
    '0.9-gyarados',
    '-class.-jw.util.version.version-pre',
    '2013-01-21T20:33:09+0100',
    '2013-03-27T16:32:26+0100',
    '2013-05-14T20:16:05+0200',
    '2013-06-01T10:32:51+0200',
    '2014-01-12T15-52-10',
    '0.7.10p1',
    '0.7.11p3',
    '0.8.1p1',
    '0.3m5',
    '0.5m5',
    '0.6m6',
    'a3',
    '2.0.0-final',
  ],
};

function isDisputed(id: string, { row, a, b }: Case): boolean {
  const known = disputed[id] ?? [];
  return known.includes(row) || known.includes(a) || known.includes(b);
}

/** Schemes whose own tool contradicts itself over three versions; both directions of every pair still agree. */
const notTransitive: Readonly<Record<string, string>> = {
  conan: 'a number and a text are compared as texts: 1.10 < 1.1a < 1.9 < 1.10',
  maven: 'an unknown qualifier is newer than nothing but older than a list that is older than nothing',
  pacman: 'a missing release equals every release: 1.0 = 1.0-1 < 1.0-2 = 1.0',
};

/** Reads lines of the form `1.0 < 2.0`. */
function readCases(path: string): Case[] {
  const rows = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return rows.map((row) => {
    const [, a, sign = '', b] = /^(.*) ([<=>]) (.*)$/.exec(row) ?? [];
    const expected = signs[sign];
    assert.ok(a !== undefined && b !== undefined && expected !== undefined, `${path}: ${row}`);
    return { row, a, b, expected };
  });
}

function compare(scheme: VersionScheme, a: string, b: string): Ordering {
  const result = scheme.compare(a, b);
  assert.ok(result.ok, result.ok ? '' : result.error);
  return result.value;
}

function assertCases(scheme: VersionScheme, cases: readonly Case[]): void {
  for (const { row, a, b, expected } of cases) {
    assert.equal(compare(scheme, a, b), expected, row);
    assert.equal(compare(scheme, b, a), 0 - expected, `${row}, the other way round`);
  }
}

test('folders and registered schemes are the same', () => {
  const folders = readdirSync(schemesFolder).sort();
  assert.deepEqual(versionSchemes.map((scheme) => scheme.id).sort(), folders);
  for (const id of folders) assert.equal(versionScheme(id)?.id, id);
  assert.equal(versionScheme('no-such-scheme'), undefined);
});

for (const scheme of versionSchemes as readonly VersionScheme[]) {
  const cases = readCases(join(schemesFolder, scheme.id, 'cases.txt'));

  test(`${scheme.id}: says what it is and has tests of its own`, () => {
    assert.ok(scheme.title.length > 10);
    assert.ok(scheme.references.length > 0);
    for (const reference of scheme.references) assert.equal(new URL(reference).protocol, 'https:');
    assert.ok(readdirSync(join(schemesFolder, scheme.id)).includes('index.test.ts'));
  });

  test(`${scheme.id}: its own table`, () => assertCases(scheme, cases));

  for (const name of tablesOf(scheme.id)) {
    const path = sharedPath('conformance', 'versions', name);
    test(`${scheme.id}: labelled table ${name}`, { skip: sharedSkip(path) }, () => {
      if (path)
        assertCases(
          scheme,
          readCases(path).filter((each) => !isDisputed(scheme.id, each)),
        );
    });
  }

  test(`${scheme.id}: is reflexive and antisymmetric`, () => assertPairs(scheme, cases));

  test(`${scheme.id}: is transitive`, { skip: notTransitive[scheme.id] ?? false }, () => assertTriples(scheme, cases));

  test(`${scheme.id}: reads a megabyte in linear time`, { timeout: 60_000 }, () => {
    for (const unit of ['0', 'a', '~', '-', '1.', 'a1', '_p1']) {
      const long = `1${unit.repeat(1_000_000 / unit.length)}`;
      scheme.compare(`${long}1`, `${long}2`);
    }
  });

  test(`${scheme.id}: answers any text with an order or an error`, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        const result = scheme.compare(a, b);
        if (!result.ok) assert.ok(result.error.length > 0 && result.error.length < 1000);
      }),
    );
    // To rpm alone an empty text has a place in the order.
    const empty = scheme.id === 'rpm' ? [] : [''];
    for (const text of [...empty, ' ', '\n', '1.0\n', '1.0 2.0', '\u0000']) {
      assert.equal(scheme.compare(text, '1.0').ok, false, JSON.stringify(text));
      assert.equal(scheme.compare('1.0', text).ok, false, JSON.stringify(text));
    }
  });
}

function tablesOf(id: string): string[] {
  return id === 'pep440' ? ['pep440.txt', 'pep440_order.txt'] : [`${id}.txt`];
}

/** Versions made by cutting known ones and joining the pieces: near to each other, and often at the edge of the grammar. */
function arbitraryVersion(scheme: VersionScheme, cases: readonly Case[]): fc.Arbitrary<string> {
  const known = fc.constantFrom(...new Set(cases.flatMap(({ a, b }) => [a, b])));
  const spliced = fc
    .tuple(known, known, fc.nat(12), fc.nat(12))
    .map(([a, b, length, start]) => a.slice(0, length) + b.slice(start));
  return fc.oneof(known, spliced).filter((text) => scheme.compare(text, text).ok);
}

function assertPairs(scheme: VersionScheme, cases: readonly Case[]): void {
  const version = arbitraryVersion(scheme, cases);
  const law = fc.property(version, version, (a, b) => {
    assert.equal(compare(scheme, a, a), 0, a);
    assert.equal(compare(scheme, a, b), 0 - compare(scheme, b, a), `${a} and ${b}`);
  });
  fc.assert(law, { numRuns: 500 });
}

function assertTriples(scheme: VersionScheme, cases: readonly Case[]): void {
  const version = arbitraryVersion(scheme, cases);
  const law = fc.property(version, version, version, (a, b, c) => {
    const [low = '', middle = '', high = ''] = [a, b, c].sort((left, right) => compare(scheme, left, right));
    const first = compare(scheme, low, middle);
    const second = compare(scheme, middle, high);
    assert.ok(first <= 0 && second <= 0, `${low}, ${middle}, ${high}`);
    assert.equal(compare(scheme, low, high), Math.min(first, second), `${low}, ${middle}, ${high}`);
  });
  fc.assert(law, { numRuns: 500 });
}
