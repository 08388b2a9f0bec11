import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogFiles, packageLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { flatpakDeploy } from './index.ts';

test('reads what is deployed, an application with the version that it tells software centres', () => {
  const files = Object.fromEntries(catalogerSamples('flatpak-deploy').map(({ path, content }) => [path, content]));
  const { packages, problems } = catalogFiles(flatpakDeploy, files);
  assert.deepEqual(problems, []);
  assert.deepEqual(packages.map(packageLine), [
    'org.example.Harbour 2.4.1 (GPL-3.0-or-later) branch=stable',
    'org.example.Platform 23.08 branch=23.08',
  ]);
  assert.deepEqual(
    packages.map(({ architecture }) => architecture),
    ['x86_64', 'x86_64'],
  );
});

test('an application that tells no version is listed without one', () => {
  const place = `root/.local/share/flatpak/app/org.example.A/x86_64/stable/${'0'.repeat(64)}`;
  const { packages, problems } = catalogFiles(flatpakDeploy, {
    [`${place}/metadata`]: '[Context]\nname=x\n[Application]\nname=org.example.A\n',
    [`${place}/files/share/metainfo/org.example.Other.metainfo.xml`]: '<release version="9"/>',
    'usr/share/metainfo/org.example.B.metainfo.xml': '<release version="9"/>',
    'srv/metadata': '[Application]\nname=x\n',
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(packages.map(packageLine), ['org.example.A branch=stable']);
});
