import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { paketLock } from './index.ts';

const sample = readFileSync(new URL('testdata/paket.lock', import.meta.url), 'utf8');

function lines(files: Readonly<Record<string, string>>): string[] {
  const { packages, problems } = catalogFiles(paketLock, files);
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads packages of each group', () => {
  assert.deepEqual(lines({ 'paket.lock': sample }), [
    'Argu 6.1.1 > FSharp.Core@7.0.300 System.Configuration.ConfigurationManager@7.0',
    'FSharp.Core 7.0.300',
    'System.Configuration.ConfigurationManager 7.0',
    'FAKE.Core 6.0.0 development > FSharp.Core@6.0.7',
    'FSharp.Core 6.0.7 development',
  ]);
});

test('the files of the solution and its projects tell what is asked for by name', () => {
  const found = lines({
    'app/paket.lock': sample,
    'app/paket.dependencies':
      'source https://api.nuget.org/v3/index.json\nnuget argu ~> 6\ngroup Build\n  nuget FAKE.Core\n',
    'app/src/One/paket.references':
      'System.Configuration.ConfigurationManager\nFile: Tides.fs\ngroup Build\n  FAKE.Core\n',
  });
  assert.deepEqual(
    found.map((line) => line.split(' >', 1)[0]),
    [
      'Argu 6.1.1 direct',
      'FSharp.Core 7.0.300 transitive',
      'System.Configuration.ConfigurationManager 7.0 direct',
      'FAKE.Core 6.0.0 development direct',
      'FSharp.Core 6.0.7 development transitive',
    ],
  );
});

for (const [what, text, expected] of [
  ['a line of another form', 'NUGET\n    what\n    A (1.0)\n', ['A 1.0', 'paket-lock-record-unusable 1']],
  ['something else', 'hello\n', ['paket-lock-unreadable 1']],
  ['needs without a package', 'NUGET\n      A (1.0)\n    B (1.0)\n      __proto__ (1)\n', ['B 1.0']],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines({ 'paket.lock': text }), expected));
}
