import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { parseConanLock } from './parse.ts';

function sample(name: string): Buffer {
  return readFileSync(new URL(`testdata/${name}`, import.meta.url));
}

for (const [what, content, rows, codes] of [
  [
    'version 2',
    sample('conan.lock'),
    ['zlib 1.2.11 - runtime  ', 'openssl 3.0.8 - runtime  user=port&channel=stable', 'cmake 3.25.3 - development  '],
    [],
  ],
  [
    'version 1',
    sample('conan.lock.v1'),
    ['harbour 1.0 root - poco@1.12.4 ', 'poco 1.12.4 direct - zlib@1.2.13 ', 'zlib 1.2.13 transitive -  '],
    ['conan-lock-record-unusable'],
  ],
  ['no JSON', '{', [], ['conan-lock-unreadable']],
] as const) {
  test(`reads ${what}`, () => {
    const { packages, problems } = parseConanLock(inputFile('conan.lock', content));
    assert.deepEqual(
      packages.map((p) => {
        const needs = p.dependencies?.join() ?? '';
        const own = new URLSearchParams(p.qualifiers ?? {});
        return `${p.name} ${p.version} ${p.relation ?? '-'} ${p.scope ?? '-'} ${needs} ${own}`;
      }),
      rows,
    );
    assert.deepEqual(
      problems.map(({ code }) => code),
      codes,
    );
  });
}
