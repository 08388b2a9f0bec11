import { err, ok, type Result } from '#foundation/index.ts';
import type { Distribution } from '#model/index.ts';
import { debianReleases, normaliseDebian } from '../../ecosystem.ts';

/** What a suite is for. `security` carries fixes only; the other two carry fixes among other changes. */
export type SuiteRole = 'security' | 'updates' | 'base';

export interface Suite {
  readonly role: SuiteRole;
  /** Below `dists/`: `bookworm-security`, `buster/updates`. */
  readonly name: string;
}

/** The release whose mirror is asked, in the archive's own words. */
export interface ArchiveRelease {
  readonly vendor: 'debian' | 'ubuntu';
  readonly codename: string;
  /** `debian:12`, `ubuntu:24.04`: what advisories call it. */
  readonly ecosystem: string;
  readonly suites: readonly Suite[];
  /** Components in the order in which they are asked; the later ones only for sources that the earlier do not have. */
  readonly components: readonly string[];
  /** `Origin:` of the genuine release files. */
  readonly origin: string;
}

/** Only for content whose os-release names no codename. */
const UBUNTU_CODENAMES: Record<string, string> = {
  '16.04': 'xenial',
  '18.04': 'bionic',
  '20.04': 'focal',
  '22.04': 'jammy',
  '24.04': 'noble',
  '25.10': 'questing',
  '26.04': 'resolute',
};

/** Releases whose security suite is still called `<codename>/updates`. */
const OLD_SECURITY_NAMES = new Set(['stretch', 'buster']);
const CODENAME = /^[a-z]{2,32}$/;

/** Says which suites to ask for the scanned content, or why there is nobody to ask. */
export function archiveRelease(distribution: Distribution): Result<ArchiveRelease> {
  const version = distribution.version ?? '';
  if (distribution.id === 'debian') return debianRelease(distribution, version);
  if (distribution.id === 'ubuntu') return ubuntuRelease(distribution, version);
  return err(`${distribution.name} is neither Debian nor Ubuntu; their mirrors say nothing about it`);
}

function debianRelease(distribution: Distribution, version: string): Result<ArchiveRelease> {
  const major = normaliseDebian(version);
  const codename = distribution.codename ?? [...debianReleases].find(([, release]) => release === major)?.[0] ?? '';
  const number = major || debianReleases.get(codename);
  if (!CODENAME.test(codename) || number === undefined) {
    return err('Debian testing and unstable have no security suite that could be compared with');
  }
  const security = OLD_SECURITY_NAMES.has(codename) ? `${codename}/updates` : `${codename}-security`;
  return ok({
    vendor: 'debian',
    codename,
    ecosystem: `debian:${number}`,
    suites: suites(codename, security),
    components: ['main', 'contrib', 'non-free', 'non-free-firmware'],
    origin: 'Debian',
  });
}

function ubuntuRelease(distribution: Distribution, version: string): Result<ArchiveRelease> {
  const codename = distribution.codename ?? UBUNTU_CODENAMES[version] ?? '';
  const number = version || Object.entries(UBUNTU_CODENAMES).find(([, name]) => name === codename)?.[0];
  if (!CODENAME.test(codename) || number === undefined) return err('the Ubuntu release of this content is not known');
  return ok({
    vendor: 'ubuntu',
    codename,
    ecosystem: `ubuntu:${number}`,
    suites: suites(codename, `${codename}-security`),
    components: ['main', 'restricted', 'universe', 'multiverse'],
    origin: 'Ubuntu',
  });
}

function suites(codename: string, security: string): Suite[] {
  return [
    { role: 'security', name: security },
    { role: 'updates', name: `${codename}-updates` },
    { role: 'base', name: codename },
  ];
}
