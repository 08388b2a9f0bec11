import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { sharedPath, sharedSkip } from '../../test/kit/shared.ts';
import { versionScheme, versionSchemes } from './index.ts';
import type { Ordering, VersionScheme } from './version-scheme.ts';

// The contract and the laws that hold for every scheme; what is particular to one is tested in its own folder.

const schemesFolder = join(import.meta.dirname, 'schemes');
const signs: Readonly<Record<string, Ordering>> = { '<': -1, '=': 0, '>': 1 };

interface Case {
  readonly row: string;
  readonly a: string;
  readonly b: string;
  readonly expected: Ordering;
}

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

  test(`${scheme.id}: is reflexive, antisymmetric and transitive`, () => assertOrder(scheme, cases));

  test(`${scheme.id}: reads a megabyte in linear time`, { timeout: 60_000 }, () => {
    for (const unit of ['1', '0', 'a', '~', '^', '.', '-', '1.', '0.', 'a1', '1-', '1~', '_p1', '-r1', '\u00e9', '+']) {
      const long = `1${unit.repeat(1_000_000 / unit.length)}`;
      scheme.compare(long, `${long}1`);
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
    for (const text of ['', ' ', '\n', '1.0\n', '1.0 2.0', '\u0000']) {
      assert.equal(scheme.compare(text, '1.0').ok, false, JSON.stringify(text));
      assert.equal(scheme.compare('1.0', text).ok, false, JSON.stringify(text));
    }
  });
}

function tablesOf(id: string): string[] {
  return id === 'pep440' ? ['pep440.txt', 'pep440_order.txt'] : [`${id}.txt`];
}

/** Rows whose label is not what the ecosystem's own tool answers. */
function isDisputed(id: string, { a, b }: Case): boolean {
  // rpm's own `rpm.vercmp` refuses an empty version; only the C function below it gives an empty text a place.
  return id === 'rpm' && (a === '' || b === '');
}

/** Versions made by cutting known ones and joining the pieces: near to each other, and often at the edge of the grammar. */
function arbitraryVersion(cases: readonly Case[]): fc.Arbitrary<string> {
  const known = [...new Set(cases.flatMap(({ a, b }) => [a, b]))];
  const cut = fc.tuple(fc.constantFrom(...known), fc.constantFrom(...known), fc.nat(12), fc.nat(12));
  return fc.oneof(
    fc.constantFrom(...known),
    cut.map(([a, b, aLength, bStart]) => a.slice(0, aLength) + b.slice(bStart)),
  );
}

function assertOrder(scheme: VersionScheme, cases: readonly Case[]): void {
  const version = arbitraryVersion(cases).filter((text) => scheme.compare(text, text).ok);
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      assert.equal(compare(scheme, a, a), 0, a);
      assert.equal(compare(scheme, a, b), 0 - compare(scheme, b, a), `${a} and ${b}`);
      const [low = '', middle = '', high = ''] = [a, b, c].sort((left, right) => compare(scheme, left, right));
      assert.ok(compare(scheme, low, middle) <= 0 && compare(scheme, middle, high) <= 0, `${low}, ${middle}, ${high}`);
      const apart = compare(scheme, low, middle) < 0 || compare(scheme, middle, high) < 0;
      assert.equal(compare(scheme, low, high), apart ? -1 : 0, `${low}, ${middle}, ${high}`);
    }),
    { numRuns: 1000 },
  );
}
