import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { pythonPackage } from './index.ts';

const SITE = 'usr/lib/python3/dist-packages';

function lines(text: string | Uint8Array, path = `${SITE}/x.dist-info/METADATA`): string[] {
  const { packages, problems } = catalogFiles(pythonPackage, { [path]: text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

function sample(name: string): string {
  return readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');
}

test('reads the metadata of wheels and eggs up to the description', () => {
  assert.deepEqual(lines(sample('METADATA')), ['Harbour.Charts 2.4.1 (MIT OR Apache-2.0)']);
  for (const path of ['x.egg-info/PKG-INFO', 'x.egg/EGG-INFO/PKG-INFO', 'x-1.egg-info'])
    assert.deepEqual(lines(sample('PKG-INFO'), `${SITE}/${path}`), ['harbour-tide 1.5 (MIT, BSD License)']);
});

for (const [what, head, expected] of [
  ['an identifier', 'License: BSD-3-Clause\nClassifier: License :: OSI Approved :: BSD License', 'x 1 (BSD-3-Clause)'],
  ['other words', 'License: Eclipse Public License v2.0', 'x 1 (Eclipse Public License v2.0)'],
  [
    'classifiers rather than other words',
    'License: MIT-style licence\nClassifier: License :: OSI Approved :: MIT License',
    'x 1 (MIT)',
  ],
  ['a whole text', `License: ${'Permission is hereby granted '.repeat(9)}`, 'x 1'],
  ['nothing', 'License: UNKNOWN\nLicense-File: LICENSE.txt', 'x 1'],
] as const) {
  test(`takes a licence from ${what}`, () => assert.deepEqual(lines(`Name: x\nVersion: 1\n${head}\n`), [expected]));
}

test('metadata without name or version is named by its folder, or a problem', () => {
  assert.deepEqual(lines('Name: x\n', `${SITE}/x_y-2.0.dist-info/METADATA`), ['x 2.0']);
  assert.deepEqual(lines('\n', `${SITE}/x_y-2.0-py3.11.egg-info`), ['x_y 2.0']);
  assert.deepEqual(lines('Name: x\n'), ['python-package-record-unusable 1']);
});

test('bytes that are no text and lines ended by CR LF do no harm', () => {
  const text = Buffer.from('Name: x\r\nVersion: 1\r\nAuthor: \xe9\xff\r\n\r\n\xff', 'latin1');
  assert.deepEqual(lines(text), ['x 1']);
});
