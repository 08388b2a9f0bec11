import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { parseManifest } from './parse.ts';

function read(content: string | Buffer) {
  const { packages, problems } = parseManifest(inputFile('Manifest.toml', content));
  const rows = packages.map(
    (p) => `${p.name} ${p.version} ${p.qualifiers?.['uuid']?.slice(0, 8)} needs ${p.dependencies?.join()}`,
  );
  return { rows, codes: problems.map(({ code }) => code) };
}

test('reads packages, those of one name apart, and the standard library', () => {
  assert.deepEqual(read(readFileSync(new URL('testdata/Manifest.toml', import.meta.url))), {
    rows: [
      'Charts  ead4f63c needs JSON@0.21.4,Tides@1.0.0',
      'Dates 1.9.0 ade2ca70 needs ',
      'JSON 0.21.4 682c06a0 needs Dates@1.9.0',
      'Tides 1.0.0 f41f7b98 needs Tides@1.0.0',
      'Tides 1.0.0 edca9bc6 needs ',
    ],
    codes: [],
  });
});

for (const [what, content, rows, codes] of [
  ['the first format', '[[A]]\nuuid = "aaaaaaaa-1"\nversion = "1.0.0"\n', ['A 1.0.0 aaaaaaaa needs '], []],
  ['another manifest', '[package]\nname = "a"\n', [], []],
  ['no TOML', '[[A\n', [], ['julia-manifest-unreadable']],
] as const) {
  test(`reads ${what}`, () => assert.deepEqual(read(content), { rows, codes }));
}
