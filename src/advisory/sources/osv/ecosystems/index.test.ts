import assert from 'node:assert/strict';
import { test } from 'node:test';
import { osvFeedsFor } from '../feeds.ts';
import { readOsvEcosystem } from './index.ts';

const table: readonly [osv: string, key: string | undefined, scheme?: string][] = [
  ['Debian:12', 'debian:12', 'deb'],
  ['Debian:6.0', 'debian:6', 'deb'],
  ['Debian:3.1', 'debian:3.1', 'deb'],
  ['Ubuntu:22.04:LTS', 'ubuntu:22.04', 'deb'],
  ['Ubuntu:25.10', 'ubuntu:25.10', 'deb'],
  ['Ubuntu:Pro:18.04:LTS', 'ubuntu-esm:18.04', 'deb'],
  ['Ubuntu:Pro:FIPS:18.04:LTS', 'ubuntu-fips:18.04', 'deb'],
  ['Ubuntu:Pro:FIPS-updates:20.04:LTS', 'ubuntu-fips-updates:20.04', 'deb'],
  ['Ubuntu:Pro:22.04:LTS:Realtime:Kernel', 'ubuntu-realtime-kernel:22.04', 'deb'],
  ['Ubuntu:22.04:LTS:for:NVIDIA:BlueField', 'ubuntu-for-nvidia-bluefield:22.04', 'deb'],
  ['Alpine:v3.18', 'alpine:3.18', 'apk'],
  ['Alpine:edge', 'alpine:edge', 'apk'],
  ['Wolfi', 'wolfi', 'apk'],
  ['AlmaLinux:9', 'almalinux:9', 'rpm'],
  ['Rocky Linux:9', 'rocky:9', 'rpm'],
  ['Red Hat:enterprise_linux:9::appstream', 'rhel:9', 'rpm'],
  ['Red Hat:enterprise_linux:10.0', 'rhel:10', 'rpm'],
  ['Red Hat:rhel_eus:9.2::baseos', 'rhel-eus:9.2', 'rpm'],
  ['Red Hat:openshift:4.12::el8', 'redhat:openshift:4.12::el8', 'rpm'],
  ['SUSE:Linux Enterprise Server 15 SP5', 'suse:linux enterprise server 15 sp5', 'rpm'],
  ['openSUSE:Leap 15.6', 'opensuse:leap 15.6', 'rpm'],
  ['Azure Linux:3', 'azurelinux:3', 'rpm'],
  ['Mageia:9', 'mageia:9', 'rpm'],
  ['openEuler:22.03-LTS-SP1', 'openeuler:22.03-lts-sp1', 'rpm'],
  ['ConanCenter', 'conan', 'conan'],
  ['Bitnami', 'bitnami', 'bitnami'],
  ['npm', 'npm', 'npm'],
  ['PyPI', 'pypi', 'pep440'],
  ['Go', 'golang', 'go'],
  ['crates.io', 'cargo', 'semver'],
  ['Packagist:https://packages.drupal.org/8', 'composer:https://packages.drupal.org/8', 'packagist'],
  ['kubernetes', 'kubernetes', 'semver'],
  ['Nowhere:1', undefined],
];

test('maps ecosystem names with their release to keys', () => {
  for (const [osv, key, scheme] of table) {
    const known = readOsvEcosystem(osv);
    assert.deepEqual([known?.key, known?.ecosystem.scheme], [key, scheme], osv);
  }
});

test('every key finds its way back to the export that it comes from', () => {
  for (const [osv, key] of table) {
    if (key === undefined) continue;
    const feeds = osvFeedsFor(key).map((feed) => feed.id);
    assert.deepEqual(feeds, [osv.split(':')[0]?.toLowerCase().replaceAll(' ', '-')], osv);
  }
  assert.deepEqual(osvFeedsFor('amzn:2'), []);
});
