import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { rLibrary } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(rLibrary, { 'usr/lib/R/library/x/DESCRIPTION': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads what R installed', () => {
  const files = Object.fromEntries(catalogerSamples('r-library').map(({ path, content }) => [path, content]));
  const { packages } = catalogFiles(rLibrary, files);
  assert.deepEqual(packages.map(packageLine), ['harbour 2.4-1 (GPL (>= 2) | file LICENSE)']);
  assert.equal(packages[0]?.maintainer, 'Packaging Team <packaging@example.org>');
});

for (const [what, text, expected] of [
  ['sources', 'Package: a\nVersion: 1.0\n', []],
  ['R itself', 'Package: base\nVersion: 4.2.2\nPriority: base\nBuilt: R 4.2.2; ; ;\n', []],
  ['a recommended package', 'Package: MASS\nVersion: 7.3-58\nPriority: recommended\nBuilt: R 4.2.2\n', ['MASS 7.3-58']],
  ['a description without a name', 'Version: 1.0\nBuilt: R 4.2.2\n', ['r-library-record-unusable 1']],
  ['another file of that name', 'This is a description.\n', []],
] as const) {
  test(`reads of ${what} what is installed`, () => assert.deepEqual(lines(text), expected));
}
