import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InstalledPackage } from '#model/index.ts';
import { inputFile } from '../../../test/kit/input-file.ts';
import { licenceTextReader, withTextLicences } from './index.ts';

const MIT =
  'Permission is hereby granted, free of charge, to any person obtaining a copy. The above copyright notice and this permission notice';

for (const [path, text, expected] of [
  ['app/LICENSE', MIT, 'MIT'],
  ['app/LICENSE.md', MIT, 'MIT'],
  ['app/license.js', MIT, undefined],
  ['app/LICENSE', 'ask the author', undefined],
] as const) {
  test(`${path} with ${text.slice(0, 15)} tells ${expected ?? 'nothing'}`, () =>
    assert.equal(licenceTextReader.read(inputFile(path, text)).fragment, expected));
}

const library = (path: string, more: Partial<InstalledPackage> = {}): InstalledPackage => ({
  type: 'npm',
  name: 'left',
  version: '1.0.0',
  licences: [],
  purl: 'pkg:npm/left@1.0.0',
  cataloger: 'node-package',
  evidence: 'installed',
  origin: { path },
  ...more,
});
const text = (path: string, fragment: string) => ({ path, fragment, layer: 0, older: [] });

for (const [what, one, expected] of [
  ['beside the record', library('a/package.json'), ['MIT']],
  ['in a directory of licences', library('b/METADATA', { type: 'pypi' }), ['Apache-2.0', 'BSD-3-Clause']],
  ['of a vendored module', library('vendor/modules.txt', { type: 'golang', name: 'x.org/y' }), ['ISC']],
  ['but what the record says counts', library('a/package.json', { licences: ['ISC'] }), ['ISC']],
  ['and a system package has its own records', library('a/status', { type: 'deb' }), []],
  ['and elsewhere is nothing', library('c/package.json'), []],
] as const) {
  test(`a text ${what}`, () => {
    const texts = [
      text('a/LICENSE', 'MIT'),
      text('b/licenses/LICENSE', 'BSD-3-Clause'),
      text('b/licenses/LICENSE.APACHE', 'Apache-2.0'),
      text('vendor/x.org/y/LICENSE', 'ISC'),
    ];
    assert.deepEqual(withTextLicences([one], texts)[0]?.licences, expected);
  });
}
