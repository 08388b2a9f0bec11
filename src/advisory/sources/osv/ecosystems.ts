import { normaliseDebian } from '../../ecosystem.ts';

/** How one OSV ecosystem is read: `Ubuntu` of `Ubuntu:22.04:LTS`. */
export interface OsvEcosystem {
  /** As OSV spells it; also the folder of its export. */
  readonly name: string;
  readonly scheme: string;
  readonly subject: 'source' | 'package';
  /** The ecosystem key, with what follows the first colon (empty when nothing does). */
  key(suffix: string): string;
  /** First parts of the keys that this ecosystem speaks for: `rhel`, `rhel-eus`. */
  readonly keyFamilies: readonly string[];
  /** The key that covers all of it, where it has no releases: its export then speaks for every package, named or not. */
  readonly wholeKey?: string;
  readonly license: string;
  readonly attribution: string;
  readonly limits?: readonly string[];
  readonly restricted?: string;
}

const CHAINGUARD_TERMS =
  'its licence since 2025-05-07 forbids derived data and use in competing scanners without an agreement with the publisher';

const GITHUB = 'GitHub Advisory Database (https://github.com/github/advisory-database)';

/** `npm`, or `npm:<repository>` where the record is limited to one. */
function withoutReleases(family: string): Pick<OsvEcosystem, 'key' | 'keyFamilies' | 'wholeKey'> {
  return {
    key: (suffix) => (suffix === '' ? family : `${family}:${suffix}`),
    keyFamilies: [family],
    wholeKey: family,
  };
}

function language(type: string): Pick<OsvEcosystem, 'subject' | 'key' | 'keyFamilies' | 'wholeKey'> {
  return { subject: 'package', ...withoutReleases(type) };
}

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

export const osvEcosystems: readonly OsvEcosystem[] = [
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
    subject: 'package',
    ...namedRelease('suse'),
    license: 'CC-BY-4.0',
    attribution: 'SUSE Product Security (https://www.suse.com/security/)',
    limits: [FIXED_ONLY],
  },
  {
    name: 'openSUSE',
    scheme: 'rpm',
    subject: 'package',
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
    name: 'npm',
    scheme: 'npm',
    ...language('npm'),
    license: 'CC-BY-4.0',
    attribution: `${GITHUB}; OpenSSF Malicious Packages (Apache-2.0)`,
  },
  {
    name: 'PyPI',
    scheme: 'pep440',
    ...language('pypi'),
    license: 'CC-BY-4.0',
    attribution: `PyPI Advisory Database (https://github.com/pypa/advisory-database); ${GITHUB}`,
  },
  {
    name: 'Go',
    scheme: 'go',
    ...language('golang'),
    license: 'CC-BY-4.0',
    attribution: `Go Vulnerability Database (https://go.dev/security/vuln/); ${GITHUB}`,
  },
  {
    name: 'crates.io',
    scheme: 'semver',
    ...language('cargo'),
    license: 'CC0-1.0 AND CC-BY-4.0',
    attribution: `RustSec Advisory Database (https://rustsec.org); ${GITHUB}`,
  },
  { name: 'Maven', scheme: 'maven', ...language('maven'), license: 'CC-BY-4.0', attribution: GITHUB },
  { name: 'NuGet', scheme: 'nuget', ...language('nuget'), license: 'CC-BY-4.0', attribution: GITHUB },
  { name: 'RubyGems', scheme: 'gem', ...language('gem'), license: 'CC-BY-4.0', attribution: GITHUB },
  { name: 'Packagist', scheme: 'packagist', ...language('composer'), license: 'CC-BY-4.0', attribution: GITHUB },
  {
    name: 'Hex',
    scheme: 'hex',
    ...language('hex'),
    license: 'CC-BY-4.0',
    attribution: `Erlang Ecosystem Foundation CNA; ${GITHUB}`,
  },
  { name: 'Pub', scheme: 'pub', ...language('pub'), license: 'CC-BY-4.0', attribution: GITHUB },
  { name: 'SwiftURL', scheme: 'swift', ...language('swift'), license: 'CC-BY-4.0', attribution: GITHUB },
  {
    name: 'GitHub Actions',
    scheme: 'github-actions',
    ...language('githubactions'),
    license: 'CC-BY-4.0',
    attribution: GITHUB,
  },
  {
    name: 'Hackage',
    scheme: 'hackage',
    ...language('hackage'),
    license: 'CC0-1.0',
    attribution: 'Haskell Security Response Team (https://github.com/haskell/security-advisories)',
  },
  {
    name: 'CRAN',
    scheme: 'cran',
    ...language('cran'),
    license: 'Apache-2.0',
    attribution: 'R Consortium Advisory Database (https://github.com/RConsortium/r-advisory-database)',
  },
  {
    name: 'Julia',
    scheme: 'julia',
    ...language('julia'),
    license: 'CC-BY-4.0',
    attribution: 'Julia Security Advisories (https://github.com/JuliaLang/SecurityAdvisories.jl)',
  },
  {
    name: 'opam',
    scheme: 'opam',
    ...language('opam'),
    license: 'CC0-1.0',
    attribution: 'OCaml Security Response Team (https://github.com/ocaml/security-advisories)',
  },
  {
    name: 'Bitnami',
    scheme: 'bitnami',
    ...language('bitnami'),
    license: 'Apache-2.0',
    attribution: 'Bitnami Vulnerability Database, Copyright Broadcom (https://github.com/bitnami/vulndb)',
  },
  {
    name: 'Kubernetes',
    scheme: 'semver',
    ...language('kubernetes'),
    license: 'Apache-2.0',
    attribution: 'Kubernetes Security Response Committee (https://github.com/kubernetes-sigs/cve-feed-osv)',
  },
];

const byName = new Map(osvEcosystems.map((ecosystem) => [ecosystem.name.toLowerCase(), ecosystem]));

/** Reads `Debian:12`. Some publishers write the name in other case than the schema (`kubernetes`); it can mean nothing else. */
export function readOsvEcosystem(text: string): { ecosystem: OsvEcosystem; key: string } | undefined {
  const colon = text.indexOf(':');
  const name = colon < 0 ? text : text.slice(0, colon);
  const ecosystem = byName.get(name.toLowerCase());
  return ecosystem && { ecosystem, key: ecosystem.key(colon < 0 ? '' : text.slice(colon + 1)) };
}
