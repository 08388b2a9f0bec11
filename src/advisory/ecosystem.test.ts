import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Distribution } from '#model/index.ts';
import { ecosystemsOf, packageKey } from './ecosystem.ts';
import { advisorySources } from './sources/index.ts';

const table: readonly [distribution: Partial<Distribution>, keys: readonly string[]][] = [
  [{ id: 'debian', version: '12' }, ['debian:12']],
  [{ id: 'debian', version: '6.0.10' }, ['debian:6']],
  [{ id: 'debian', codename: 'forky' }, ['debian:14']],
  [{ id: 'debian', codename: 'sid' }, ['debian:sid']],
  [{ id: 'debian' }, []],
  [{ id: 'ubuntu', version: '24.04' }, ['ubuntu:24.04']],
  [{ id: 'ubuntu', version: '18.04', extendedSupport: ['esm-infra'] }, ['ubuntu:18.04', 'ubuntu-esm:18.04']],
  [{ id: 'alpine', version: '3.22' }, ['alpine:3.22']],
  [{ id: 'alpine', version: 'edge' }, ['alpine:edge']],
  [{ id: 'alpine', pointRelease: '3.23.0_alpha20250612' }, ['alpine:edge']],
  [{ id: 'wolfi', version: '20230201' }, ['wolfi']],
  [{ id: 'chainguard' }, ['chainguard']],
  [{ id: 'almalinux', version: '9.4' }, ['almalinux:9']],
  [{ id: 'rocky', version: '8.10' }, ['rocky:8']],
  [{ id: 'rhel', version: '9.4' }, ['rhel:9']],
  [{ id: 'centos', version: '7' }, ['rhel:7']],
  [{ id: 'centos', version: '9' }, []],
  [{ id: 'mariner', version: '2.0' }, ['azurelinux:2']],
  [{ id: 'opensuse-leap', version: '15.6' }, ['opensuse:leap 15.6']],
  [
    { id: 'sles', version: '12.5' },
    ['suse:linux enterprise server 12 sp5', 'suse:linux enterprise server 12 sp5-ltss'],
  ],
  [{ id: 'fedora', version: '42' }, ['fedora:42']],
  [{ id: 'amzn', version: '2023' }, ['amzn:2023']],
  [{ id: 'amzn', version: '2018.03' }, []],
  [{ id: 'ol', version: '8.10' }, ['ol:8']],
  [{ id: 'photon', version: '5.0' }, ['photon:5.0']],
  [{ id: 'arch' }, ['arch']],
  [{ id: 'gentoo' }, ['gentoo']],
  [{ id: 'mageia', version: '9' }, ['mageia:9']],
  [{ id: 'openeuler', version: '22.03', name: 'openEuler 22.03 (LTS-SP1)' }, ['openeuler:22.03-lts-sp1']],
  [{ id: 'bottlerocket', version: '1.20.0' }, ['bottlerocket']],
];

const blank: Distribution = { id: '', idLike: [], name: '', evidence: 'etc/os-release' };

test('keys of distributions, each with a source that speaks for it', () => {
  for (const [distribution, keys] of table) {
    const found = ecosystemsOf({ ...blank, ...distribution });
    assert.deepEqual(found, keys, JSON.stringify(distribution));
    for (const key of found) {
      const speakers = advisorySources.filter(
        (source) => source.kind === 'advisories' && source.feedsFor(key).length > 0,
      );
      assert.ok(speakers.length > 0, key);
    }
  }
  assert.equal(ecosystemsOf({ ...blank, id: 'sles', version: '15.5' })[0], 'suse:linux enterprise server 15 sp5');
  const asked = ecosystemsOf({ ...blank, id: 'ubuntu', version: '22.04' }, { extendedMaintenance: true });
  assert.deepEqual(asked, ['ubuntu:22.04', 'ubuntu-esm:22.04']);
});

test('spellings that a registry takes for one package have one key', () => {
  const same: readonly [ecosystem: string, name: string, key: string][] = [
    ['pypi', 'Zope.Interface', 'zope-interface'],
    ['pypi', 'a__b', 'a-b'],
    ['nuget', 'Newtonsoft.Json', 'newtonsoft.json'],
    ['composer:https://packages.drupal.org/8', 'Drupal/Core', 'drupal/core'],
    ['npm', 'JSONStream', 'JSONStream'],
    ['bottlerocket', 'bottlerocket-kernel-6.1', 'kernel-6.1'],
    ['debian:12', 'libX11', 'libX11'],
  ];
  for (const [ecosystem, name, key] of same) assert.equal(packageKey(ecosystem, name), key, name);
});
