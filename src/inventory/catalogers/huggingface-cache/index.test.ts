import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packageUrl } from '#model/index.ts';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { huggingfaceCache } from './index.ts';

test('reads which models were fetched', () => {
  const files = Object.fromEntries(catalogerSamples('huggingface-cache').map(({ path, content }) => [path, content]));
  const { packages, problems } = catalogFiles(huggingfaceCache, files);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    packages.map((found) => packageUrl(found)),
    ['pkg:huggingface/harbour/charts-base@559062ad13d311b87b2c455e67dcd5f1c8f65111'],
  );
});

const commit = 'a'.repeat(40);
for (const [what, path, text, expected] of [
  ['a model without an owner', 'hub/models--gpt2/refs/main', commit, [`gpt2 ${commit}`]],
  ['a model with hyphens', 'hub/models--a-b--c-d/refs/main', `${commit}\n`, [`a-b/c-d ${commit}`]],
  ['no data sets', 'hub/datasets--a--b/refs/main', commit, []],
  ['no other references', 'srv/repo/refs/main', commit, []],
  ['a reference to nothing', 'hub/models--a--b/refs/main', 'main', ['huggingface-cache-record-unusable 1']],
] as const) {
  test(`reads ${what}`, () => {
    const { packages, problems } = catalogFiles(huggingfaceCache, { [path]: text });
    assert.deepEqual([...packages.map(packageLine), ...problems.map(problemLine)], expected);
  });
}
