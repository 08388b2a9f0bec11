import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles } from '../../../../test/kit/catalog-files.ts';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { juliaManifest } from './index.ts';
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

test('the Project.toml beside it tells what the environment asks for', () => {
  const { packages } = catalogFiles(juliaManifest, {
    'app/Manifest-v1.11.toml': `manifest_format = "2.0"
[[deps.A]]
deps = ["B"]
uuid = "00000000-0000-0000-0000-000000000001"
version = "1.0.0"
[[deps.B]]
uuid = "00000000-0000-0000-0000-000000000002"
version = "1.1.0"
`,
    'app/Project.toml': '[deps]\nA = "00000000-0000-0000-0000-000000000001"\n',
  });
  assert.deepEqual(
    packages.map(({ name, relation }) => `${name} ${relation}`),
    ['A direct', 'B transitive'],
  );
});
