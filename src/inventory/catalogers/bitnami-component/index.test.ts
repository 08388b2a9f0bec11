import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { bitnamiComponent } from './index.ts';

test('reads components with what is in them, those without a document by the list', () => {
  const files = Object.fromEntries(catalogerSamples('bitnami-component').map(({ path, content }) => [path, content]));
  const { packages, problems } = catalogFiles(bitnamiComponent, files);
  assert.deepEqual(
    packages.map((found) => `${found.type} ${packageLine(found)}`),
    [
      'bitnami wait-for-port 1.0.8-3 arch=amd64 distro=debian-12',
      'bitnami harbour 2.4.1-3 (BSD-3-Clause) arch=amd64 distro=debian-12',
      'npm @harbour/tide 1.5.0 (MIT)',
    ],
  );
  assert.deepEqual(problems.map(problemLine), ['sbom-component-unusable 1']);
});

for (const [what, path, text, expected] of [
  ['no JSON', 'opt/bitnami/x/.spdx-x.spdx', '{', ['bitnami-component-unreadable 1']],
  [
    'no file',
    'opt/bitnami/x/.spdx-x.spdx',
    '{"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","packages":[{"SPDXID":"SPDXRef-a","name":"a","versionInfo":"1","licenseDeclared":"NONE"}]}',
    [],
  ],
  [
    'a component without a version',
    'opt/bitnami/.bitnami_components.json',
    '{"a":{}}',
    ['bitnami-component-record-unusable 1'],
  ],
] as const) {
  test(`reads ${what}`, () => {
    const { packages, problems } = catalogFiles(bitnamiComponent, { [path]: text });
    assert.deepEqual([...packages.map(packageLine), ...problems.map(problemLine)], expected);
  });
}
