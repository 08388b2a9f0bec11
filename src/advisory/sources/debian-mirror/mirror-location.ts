import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AptConfiguration } from './apt/configuration.ts';
import type { SignedBy, SourceEntry } from './apt/source-entry.ts';
import type { ArchiveRelease, Suite } from './archive-release.ts';

/** A place that may hold a suite. Places are tried in order until one has the right release file. */
export interface MirrorPlace {
  /** Without a trailing slash; `dists/` and `pool/` are below it. May be a `mirror:` list. */
  readonly base: string;
  readonly signedBy?: SignedBy;
  /** The user named it: it is believed to be the distribution's own archive whatever its `Origin` says. */
  readonly chosen: boolean;
}

/** Where Debian keeps releases that its mirrors dropped. Only asked by who asks Debian's own servers anyway. */
const DEBIAN_ARCHIVE = {
  archive: 'http://archive.debian.org/debian',
  security: 'http://archive.debian.org/debian-security',
};
const DEBIAN_SERVER = /^https?:\/\/(?:[\w-]+\.)*debian\.org\//;

const PUBLIC_MIRRORS = {
  debian: { archive: 'http://deb.debian.org/debian', security: 'http://deb.debian.org/debian-security' },
  ubuntu: { archive: 'http://archive.ubuntu.com/ubuntu', security: 'http://archive.ubuntu.com/ubuntu' },
} as const;

/** The places to ask for one suite of the scanned release, best first. */
export function mirrorPlaces(
  suite: Suite,
  release: ArchiveRelease,
  apt: AptConfiguration,
  mirror: string | undefined,
): MirrorPlace[] {
  const places = mirror === undefined ? configuredPlaces(suite, release, apt) : chosenPlaces(suite, release, mirror);
  const seen = new Set<string>();
  return places.filter(({ base }) => !seen.has(base) && seen.add(base));
}

/** `/srv/mirror`, `file:/srv/mirror`, `http://mirror.example/debian` or the directory above; a plain path becomes a `file:` URL. */
function chosenPlaces(suite: Suite, release: ArchiveRelease, mirror: string): MirrorPlace[] {
  const url = /^[a-z][a-z0-9+]+:/i.test(mirror)
    ? mirror
    : pathToFileURL(isAbsolute(mirror) ? mirror : resolve(mirror)).href;
  const base = url.replace(/\/+$/, '');
  const { vendor } = release;
  const forSecurity = vendor === 'debian' && suite.role === 'security';
  const bases = forSecurity
    ? [securityNeighbour(base), `${base}/debian-security`, base, `${base}/debian`]
    : [base, `${base}/${vendor}`];
  return bases.filter((place) => place !== undefined).map((place) => ({ base: place, chosen: true }));
}

function configuredPlaces(suite: Suite, release: ArchiveRelease, apt: AptConfiguration): MirrorPlace[] {
  const own = apt.entries.filter((entry) => couldBeVendor(entry, release));
  const sameSuite = own.filter((entry) => entry.suite === suite.name);
  const sameRole = own.filter((entry) => isSecuritySuite(entry.suite) === (suite.role === 'security'));
  const places = [...sameSuite, ...sameRole].map((entry) => toPlace(entry, entry.uri));
  if (release.vendor === 'ubuntu') places.push(...own.map((entry) => toPlace(entry, entry.uri)));
  if (release.vendor === 'debian' && suite.role === 'security') {
    for (const entry of own) {
      const neighbour = securityNeighbour(entry.uri);
      if (neighbour !== undefined) places.push(toPlace(entry, neighbour));
    }
  }
  const isSecurity = suite.role === 'security';
  if (own.length === 0) {
    // A machine that runs something else has no mirror of this distribution configured.
    const known = PUBLIC_MIRRORS[release.vendor];
    places.push({ base: isSecurity ? known.security : known.archive, chosen: false });
  }
  if (release.vendor === 'debian' && places.some(({ base }) => DEBIAN_SERVER.test(base))) {
    places.push({ base: isSecurity ? DEBIAN_ARCHIVE.security : DEBIAN_ARCHIVE.archive, chosen: false });
  }
  return places;
}

function toPlace(entry: SourceEntry, base: string): MirrorPlace {
  return { base, chosen: false, ...(entry.signedBy && { signedBy: entry.signedBy }) };
}

/** `…/debian` has its security archive at `…/debian-security` on the public mirrors and on most private ones. */
function securityNeighbour(base: string): string | undefined {
  return base.endsWith('/debian') ? `${base}-security` : undefined;
}

function isSecuritySuite(suite: string): boolean {
  return suite.endsWith('-security') || suite.endsWith('/updates');
}

const DEBIAN_SUITE =
  /^(?:stable|oldstable|oldoldstable|testing|unstable|sid|stretch|buster|bullseye|bookworm|trixie|forky|duke)(?:-security|\/updates|-updates|-proposed-updates)?$/;
const UBUNTU_SUITE = /^[a-z]{4,16}(?:-security|-updates|-proposed)?$/;

/**
 * Whether an apt source could be the distribution's own archive. Others use the same suite names (`bookworm stable`), so
 * the component counts as well; who it really is, its release file tells later.
 */
function couldBeVendor(entry: SourceEntry, release: ArchiveRelease): boolean {
  if (!entry.components.some((component) => release.components.includes(component))) return false;
  if (release.vendor === 'debian') return DEBIAN_SUITE.test(entry.suite) || entry.suite.startsWith(release.codename);
  // Ubuntu's codenames cannot be listed ahead; Debian's can be ruled out.
  return UBUNTU_SUITE.test(entry.suite) && !DEBIAN_SUITE.test(entry.suite);
}
