import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { snapYaml } from './index.ts';

test('reads a snap', () => {
  const files = Object.fromEntries(catalogerSamples('snap-yaml').map(({ path, content }) => [path, content]));
  const { packages, problems } = catalogFiles(snapYaml, files);
  assert.deepEqual(problems, []);
  assert.deepEqual(packages.map(packageLine), ['harbour 2.4.1 (GPL-3.0-or-later)']);
  assert.equal(packages[0]?.architecture, 'amd64');
});

for (const [what, files, expected] of [
  [
    'that there are Debian packages in a base',
    {
      'snap/core22/1/usr/share/snappy/dpkg.yaml': 'package-repositories: []\npackages:\n- adduser=3.118\n- apt=2.4.5\n',
    },
    ['snap-yaml-packages-inside 1'],
  ],
  [
    'that there are Debian packages in a snap',
    { 'snap/a/1/snap/manifest.yaml': 'name: a\nparts:\n  a:\n    stage-packages:\n    - libc6=2.35\n' },
    ['snap-yaml-packages-inside 1'],
  ],
  ['that there are none', { 'snap/a/1/snap/manifest.yaml': 'name: a\nparts:\n  a:\n    stage-packages: []\n' }, []],
  ['a snap without a name', { 'snap/a/1/meta/snap.yaml': 'version: 1\n' }, ['snap-yaml-record-unusable 1']],
] as const) {
  test(`tells ${what}`, () => {
    const { packages, problems } = catalogFiles(snapYaml, files);
    assert.deepEqual([...packages.map(packageLine), ...problems.map(problemLine)], expected);
  });
}
