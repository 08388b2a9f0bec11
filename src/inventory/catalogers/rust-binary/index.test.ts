import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { elfOf, machOOf, peOf } from '../../../../test/kit/executables.ts';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { parseAuditable } from './parse.ts';

test('reads what cargo-auditable wrote', () => {
  const sample = readFileSync(new URL('testdata/mooring', import.meta.url));
  const { packages, problems } = parseAuditable(inputFile('usr/bin/mooring', sample));
  assert.deepEqual(problems, []);
  assert.deepEqual(
    packages.map((p) => `${p.relation} ${p.name} ${p.version} ${p.scope} needs ${p.dependencies?.join()}`),
    [
      'direct autocfg 1.5.1 development needs ',
      'direct itoa 1.0.19 runtime needs ',
      'root mooring 0.3.1 runtime needs autocfg@1.5.1,itoa@1.0.19,smallvec@1.16.6',
      'direct smallvec 1.16.6 runtime needs ',
    ],
  );
});

const packed = deflateSync('{"packages":[{"name":"a","version":"1.0.0","source":"crates.io"}]}');

for (const [format, bytes] of [
  ['ELF', elfOf([{ name: '.dep-v0', content: packed }])],
  ['PE', peOf([{ name: '.dep-v0', content: packed }])],
  ['Mach-O', machOOf([{ name: '__DATA,.dep-v0', content: packed }])],
] as const) {
  test(`finds the section in ${format} files`, () => {
    const { packages } = parseAuditable(inputFile('bin/a', bytes));
    assert.deepEqual(
      packages.map(({ name, version }) => `${name} ${version}`),
      ['a 1.0.0'],
    );
  });
}

for (const [what, content, code] of [
  ['no zlib', Buffer.from('{"packages":[]}'), 'rust-binary-unreadable'],
  ['no JSON', deflateSync('packages'), 'rust-binary-unreadable'],
  ['no packages', deflateSync('{}'), 'rust-binary-unreadable'],
  ['a bomb', deflateSync(Buffer.alloc(40 * 1024 * 1024)), 'rust-binary-unreadable'],
  ['a crate without version', deflateSync('{"packages":[{"name":"a"}]}'), 'rust-binary-record-unusable'],
] as const) {
  test(`answers a section with ${what} with a problem`, () => {
    const { packages, problems } = parseAuditable(inputFile('bin/a', elfOf([{ name: '.dep-v0', content }])));
    assert.deepEqual(packages, []);
    assert.deepEqual(
      problems.map((problem) => problem.code),
      [code],
    );
  });
}

test('finds nothing in other programs', () => {
  assert.deepEqual(parseAuditable(inputFile('bin/a', elfOf([]))), { packages: [], problems: [] });
});
