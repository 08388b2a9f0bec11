import { parseOsRelease } from './os-release.ts';

/** What a release file says, before it is judged. */
export interface ReleaseClaim {
  readonly id: string;
  readonly name: string;
  readonly version?: string;
  readonly codename?: string;
  readonly evidence: string;
}

type Files = ReadonlyMap<string, string>;

/** Files of the time before os-release, most telling first: Oracle and Rocky carry a redhat-release for the sake of old programs. */
const RED_HAT_FILES = [
  'etc/oracle-release',
  'etc/rocky-release',
  'etc/almalinux-release',
  'etc/centos-release',
  'etc/fedora-release',
  'etc/redhat-release',
  'etc/system-release',
];

const RED_HAT_NAMES: readonly (readonly [start: string, id: string])[] = [
  ['red hat enterprise linux', 'rhel'],
  ['centos', 'centos'],
  ['rocky', 'rocky'],
  ['almalinux', 'almalinux'],
  ['oracle', 'ol'],
  ['fedora', 'fedora'],
  ['amazon linux', 'amzn'],
  ['scientific linux', 'scientific'],
];

export const releaseFilePaths: readonly string[] = [
  'etc/lsb-release',
  'etc/alpine-release',
  ...RED_HAT_FILES,
  'etc/SuSE-release',
  'etc/photon-release',
  'etc/mariner-release',
  'etc/azurelinux-release',
  'etc/debian_version',
  'etc/arch-release',
  'etc/gentoo-release',
  'etc/openwrt_release',
  'etc/slackware-version',
];

/** Answers for images without a usable os-release. */
export function claimFromReleaseFiles(files: Files): ReleaseClaim | undefined {
  return (
    claimFromLsbRelease(files, 'etc/lsb-release') ??
    claimFromLsbRelease(files, 'etc/openwrt_release') ??
    claimFromAlpineRelease(files) ??
    claimFromRedHatRelease(files) ??
    claimFromSuseRelease(files) ??
    claimFromVendorRelease(files, 'etc/photon-release', 'photon') ??
    claimFromVendorRelease(files, 'etc/azurelinux-release', 'azurelinux') ??
    claimFromVendorRelease(files, 'etc/mariner-release', 'mariner') ??
    claimFromDebianVersion(files) ??
    claimFromArchRelease(files) ??
    claimFromGentooRelease(files) ??
    claimFromVendorRelease(files, 'etc/slackware-version', 'slackware')
  );
}

/** OpenWrt has a file of the same form under a name of its own. */
function claimFromLsbRelease(files: Files, evidence: string): ReleaseClaim | undefined {
  const values = parseOsRelease(files.get(evidence) ?? '');
  const id = releaseId(values.get('DISTRIB_ID'));
  if (id === undefined) return undefined;
  const name = values.get('DISTRIB_DESCRIPTION') || values.get('DISTRIB_ID') || id;
  return {
    id,
    name,
    evidence,
    ...versionField(values.get('DISTRIB_RELEASE')),
    ...codenameField(values.get('DISTRIB_CODENAME')),
  };
}

function claimFromAlpineRelease(files: Files): ReleaseClaim | undefined {
  const evidence = 'etc/alpine-release';
  const text = firstLine(files.get(evidence) ?? '');
  return text === '' ? undefined : { id: 'alpine', name: `Alpine Linux ${text}`, evidence, ...versionField(text) };
}

function claimFromRedHatRelease(files: Files): ReleaseClaim | undefined {
  for (const evidence of RED_HAT_FILES) {
    const name = firstLine(files.get(evidence) ?? '');
    const id = RED_HAT_NAMES.find(([start]) => name.toLowerCase().startsWith(start))?.[1];
    if (id !== undefined) return { id, name, evidence, ...versionField(releaseNumber(name)) };
  }
  return undefined;
}

/** `CentOS Linux release 7.9.2009 (Core)` → `7.9.2009`. */
export function releaseNumber(line: string): string | undefined {
  return /\brelease (\d[\w.]{0,30})/i.exec(line)?.[1];
}

/** Three lines: the name, `VERSION = 11`, `PATCHLEVEL = 4` (openSUSE has its code name there). */
function claimFromSuseRelease(files: Files): ReleaseClaim | undefined {
  const evidence = 'etc/SuSE-release';
  const text = (files.get(evidence) ?? '').slice(0, 4096);
  const name = firstLine(text);
  if (!/suse/i.test(name)) return undefined;
  const major = /^VERSION *= *(\d[\d.]*)/m.exec(text)?.[1];
  const patch = /^PATCHLEVEL *= *([1-9]\d*)/m.exec(text)?.[1];
  const number = major !== undefined && patch !== undefined && !major.includes('.') ? `${major}.${patch}` : major;
  return { id: /opensuse/i.test(name) ? 'opensuse' : 'sles', name, evidence, ...versionField(number) };
}

/** `VMware Photon Linux 3.0`, `CBL-Mariner 1.0.20210622`. */
function claimFromVendorRelease(files: Files, evidence: string, id: string): ReleaseClaim | undefined {
  const name = firstLine(files.get(evidence) ?? '');
  return name === '' ? undefined : { id, name, evidence, ...versionField(/ (\d+\.\d+)/.exec(name)?.[1]) };
}

/** `12.9`, or `trixie/sid` before the release of trixie. */
function claimFromDebianVersion(files: Files): ReleaseClaim | undefined {
  const evidence = 'etc/debian_version';
  const text = firstLine(files.get(evidence) ?? '');
  if (text === '') return undefined;
  const name = `Debian GNU/Linux ${text}`;
  if (/^\d/.test(text)) return { id: 'debian', name, evidence, ...versionField(debianRelease(text)) };
  return { id: 'debian', name, evidence, ...codenameField(text.split('/')[0]) };
}

/** Point releases have been the second number since Debian 4.0. */
function debianRelease(text: string): string {
  const [major = '', minor = '0'] = text.split('.');
  return Number(major) >= 4 ? major : `${major}.${minor}`;
}

/** An empty file. */
function claimFromArchRelease(files: Files): ReleaseClaim | undefined {
  const evidence = 'etc/arch-release';
  return files.has(evidence) ? { id: 'arch', name: 'Arch Linux', evidence } : undefined;
}

/** `Gentoo Base System release 2.15`. */
function claimFromGentooRelease(files: Files): ReleaseClaim | undefined {
  const evidence = 'etc/gentoo-release';
  const name = firstLine(files.get(evidence) ?? '');
  return name === '' ? undefined : { id: 'gentoo', name, evidence, ...versionField(releaseNumber(name)) };
}

export function firstLine(text: string): string {
  return (
    text
      .slice(0, 512)
      .split('\n')
      .find((line) => line.trim() !== '') ?? ''
  ).trim();
}

/** An id as os-release allows it, in lower case. It becomes part of URLs and keys. */
export function releaseId(text: string | undefined): string | undefined {
  const id = (text ?? '').toLowerCase();
  return /^[a-z0-9][a-z0-9._-]{0,63}$/.test(id) ? id : undefined;
}

/** `{ version }` when it is one; templates that were never filled in and words such as `testing` are none. */
export function versionField(text: string | undefined): { version?: string } {
  return text !== undefined && /^[0-9][0-9A-Za-z._~+-]{0,63}$/.test(text) ? { version: text } : {};
}

/** `{ codename }` in lower case when it is one: it becomes part of a mirror's paths. */
export function codenameField(text: string | undefined): { codename?: string } {
  const codename = (text ?? '').toLowerCase();
  return /^[a-z][a-z0-9-]{0,63}$/.test(codename) ? { codename } : {};
}
