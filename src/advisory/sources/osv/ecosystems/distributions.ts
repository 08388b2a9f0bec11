import { normaliseDebian } from '../../../ecosystem.ts';
import { type OsvEcosystem, withoutReleases } from './osv-ecosystem.ts';

const CHAINGUARD_TERMS =
  'its licence since 2025-05-07 forbids derived data and use in competing scanners without an agreement with the publisher';

function majorRelease(family: string): Pick<OsvEcosystem, 'subject' | 'key' | 'keyFamilies'> {
  return {
    subject: 'package',
    key: (suffix) => (suffix === '' ? family : `${family}:${suffix.split('.')[0]}`),
    keyFamilies: [family],
  };
}

function namedRelease(family: string): Pick<OsvEcosystem, 'key' | 'keyFamilies'> {
  return { key: (suffix) => (suffix === '' ? family : `${family}:${suffix.toLowerCase()}`), keyFamilies: [family] };
}

/** `22.04:LTS`, `Pro:18.04:LTS`, `Pro:FIPS-updates:20.04:LTS`, `Pro:22.04:LTS:Realtime:Kernel`, `22.04:LTS:for:NVIDIA:BlueField`. */
function ubuntuKey(suffix: string): string {
  const parts = suffix.split(':').filter((part) => part !== 'LTS' && part !== '');
  const release = parts.find((part) => /^\d+\.\d+$/.test(part));
  const words = parts.filter((part) => part !== release).map((part) => part.toLowerCase());
  const isPro = words[0] === 'pro';
  const variant = isPro && words.length === 1 ? 'esm' : words.slice(isPro ? 1 : 0).join('-');
  const family = variant === '' ? 'ubuntu' : `ubuntu-${variant}`;
  return release === undefined ? family : `${family}:${release}`;
}

/**
 * Red Hat names products by the tail of their CPE: `enterprise_linux:9::appstream`, `rhel_eus:9.2::baseos`. The main stream
 * is one key a major release; streams with a support contract of their own, and layered products, stay apart.
 */
function redHatKey(suffix: string): string {
  const [product = '', version = ''] = suffix.split(':');
  if (product === 'enterprise_linux') return `rhel:${version.split('.')[0]}`;
  const stream = /^rhel_(aus|e4s|els|eus|tus)$/.exec(product);
  return stream ? `rhel-${stream[1]}:${version}` : `redhat:${suffix.toLowerCase()}`;
}

const FIXED_ONLY = 'lists fixed vulnerabilities only';

export const distributionEcosystems: readonly OsvEcosystem[] = [
  {
    name: 'Debian',
    scheme: 'deb',
    subject: 'source',
    key: (suffix) => (suffix === '' ? 'debian' : `debian:${normaliseDebian(suffix)}`),
    keyFamilies: ['debian'],
    license: 'LicenseRef-Debian',
    attribution: 'Debian Security Team and Debian LTS Team (https://www.debian.org/security/)',
  },
  {
    name: 'Ubuntu',
    scheme: 'deb',
    subject: 'source',
    key: ubuntuKey,
    keyFamilies: ['ubuntu'],
    license: 'CC-BY-SA-4.0',
    attribution: 'Canonical, Ubuntu Security Team (https://ubuntu.com/security)',
  },
  {
    name: 'Alpine',
    scheme: 'apk',
    subject: 'source',
    key: (suffix) => (suffix === '' ? 'alpine' : `alpine:${suffix.replace(/^v/, '')}`),
    keyFamilies: ['alpine'],
    license: 'CC-BY-SA-4.0',
    attribution: 'Alpine Linux Security Team (https://security.alpinelinux.org)',
    limits: [FIXED_ONLY],
  },
  {
    name: 'Wolfi',
    scheme: 'apk',
    subject: 'source',
    ...withoutReleases('wolfi'),
    license: 'CC-BY-NC-ND-4.0',
    attribution: 'Chainguard, Wolfi advisories',
    limits: [FIXED_ONLY],
    restricted: CHAINGUARD_TERMS,
  },
  {
    name: 'Chainguard',
    scheme: 'apk',
    subject: 'source',
    ...withoutReleases('chainguard'),
    license: 'CC-BY-NC-ND-4.0',
    attribution: 'Chainguard advisories',
    limits: [FIXED_ONLY],
    restricted: CHAINGUARD_TERMS,
  },
  {
    name: 'MinimOS',
    scheme: 'apk',
    subject: 'source',
    ...withoutReleases('minimos'),
    license: 'LicenseRef-MinimOS',
    attribution: 'Minimus, MinimOS security feed',
    limits: [FIXED_ONLY],
  },
  {
    name: 'Echo',
    scheme: 'deb',
    subject: 'source',
    ...withoutReleases('echo'),
    license: 'LicenseRef-Echo',
    attribution: 'Echo security advisories',
  },
  {
    name: 'AlmaLinux',
    scheme: 'rpm',
    ...majorRelease('almalinux'),
    license: 'MIT',
    attribution: 'AlmaLinux OS Foundation (https://errata.almalinux.org)',
    limits: [FIXED_ONLY],
  },
  {
    name: 'Rocky Linux',
    scheme: 'rpm',
    ...majorRelease('rocky'),
    license: 'BSD-3-Clause',
    attribution: 'Rocky Enterprise Software Foundation (https://errata.rockylinux.org)',
    limits: [FIXED_ONLY],
  },
  {
    name: 'Red Hat',
    scheme: 'rpm',
    subject: 'package',
    key: redHatKey,
    keyFamilies: ['rhel', 'rhel-aus', 'rhel-e4s', 'rhel-els', 'rhel-eus', 'rhel-tus', 'redhat'],
    license: 'CC-BY-4.0',
    attribution: 'Red Hat Product Security (https://access.redhat.com/security/)',
    limits: [FIXED_ONLY],
  },
  {
    name: 'SUSE',
    scheme: 'rpm',
    // The name is that of the source; the binary packages stand in `ecosystem_specific`.
    subject: 'source',
    ...namedRelease('suse'),
    license: 'CC-BY-4.0',
    attribution: 'SUSE Product Security (https://www.suse.com/security/)',
    limits: [FIXED_ONLY],
  },
  {
    name: 'openSUSE',
    scheme: 'rpm',
    // The name is that of the source; the binary packages stand in `ecosystem_specific`.
    subject: 'source',
    ...namedRelease('opensuse'),
    license: 'CC-BY-4.0',
    attribution: 'SUSE and the openSUSE project (https://www.suse.com/security/)',
    limits: [FIXED_ONLY],
  },
  {
    name: 'Azure Linux',
    scheme: 'rpm',
    ...majorRelease('azurelinux'),
    subject: 'source',
    license: 'MIT',
    attribution: 'Microsoft, Azure Linux vulnerability data',
  },
  {
    name: 'Mageia',
    scheme: 'rpm',
    ...majorRelease('mageia'),
    subject: 'source',
    license: 'CC-BY-SA-4.0',
    attribution: 'Mageia security advisories (https://advisories.mageia.org)',
    limits: [FIXED_ONLY],
  },
  {
    name: 'openEuler',
    scheme: 'rpm',
    subject: 'source',
    ...namedRelease('openeuler'),
    license: 'LicenseRef-openEuler',
    attribution: 'openEuler security advisories (https://www.openeuler.org/en/security/)',
    limits: [FIXED_ONLY],
  },
];
