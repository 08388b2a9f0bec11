import type { Problem } from '#foundation/index.ts';
import type { Distribution } from '#model/index.ts';
import type { FilePattern } from '../cataloger.ts';
import { optional } from '../optional.ts';
import { apkStreams } from './apk-stream.ts';
import { endOfLifeOf } from './end-of-life.ts';
import { parseOsRelease } from './os-release.ts';
import { redHatBuild, redHatBuildFiles } from './red-hat-build.ts';
import {
  claimFromReleaseFiles,
  codenameField,
  firstLine,
  type ReleaseClaim,
  releaseFilePaths,
  releaseId,
  releaseNumber,
  versionField,
} from './release-files.ts';
import { enabledProServices } from './ubuntu-pro.ts';

export interface DetectedDistribution {
  /** Undefined when nothing says what the root file system is: scratch, busybox, a bare binary. */
  readonly distribution?: Distribution;
  readonly problems: readonly Problem[];
}

const APK_REPOSITORIES = 'etc/apk/repositories';
const PRO_STATUS = 'var/lib/ubuntu-advantage/status.json';
const RPM_MANIFEST = 'var/lib/rpmmanifest/container-manifest-2';
/** Bottlerocket keeps the host's own files below a directory named after the toolchain. */
const OS_RELEASE_FILES = [
  'etc/os-release',
  'usr/lib/os-release',
  'x86_64-bottlerocket-linux-gnu/sys-root/usr/lib/os-release',
  'aarch64-bottlerocket-linux-gnu/sys-root/usr/lib/os-release',
];

const KiB = 1024;

/** The files that `detectDistribution` looks at. */
export const distributionFiles: readonly FilePattern[] = [
  ...[...OS_RELEASE_FILES, ...releaseFilePaths, APK_REPOSITORIES].map(
    (path) => ({ kind: 'path', path, maxBytes: 64 * KiB }) as const,
  ),
  { kind: 'path', path: PRO_STATUS, maxBytes: 1024 * KiB },
  { kind: 'path', path: RPM_MANIFEST, maxBytes: 16 * 1024 * KiB },
  ...redHatBuildFiles,
];

/** Ids that mean the same advisories as another. */
const SAME_AS: ReadonlyMap<string, string> = new Map([
  ['redhatenterpriseserver', 'rhel'],
  ['redhatenterprise', 'rhel'],
  ['cbl-mariner', 'mariner'],
  ['sles_sap', 'sles'],
  ['sle_hpc', 'sles'],
  ['sle-micro-rancher', 'sle-micro'],
  ['sl-micro', 'sle-micro'],
]);

/** The version in os-release is a snapshot's date there, and advisories know no releases. */
const ROLLING = new Set([
  'wolfi',
  'chainguard',
  'minimos',
  'arch',
  'archarm',
  'artix',
  'cachyos',
  'endeavouros',
  'garuda',
  'gentoo',
  'guix',
  'manjaro',
  'opensuse-tumbleweed',
  'opensuse-microos',
  'void',
]);

/**
 * Says which distribution a root file system is, from the texts of `distributionFiles` by path (no leading slash). Pure.
 * os-release decides where it can; older release files fill in.
 */
export function detectDistribution(files: ReadonlyMap<string, string>): DetectedDistribution {
  const stated = claimFromOsRelease(files);
  const claim = stated ?? claimFromReleaseFiles(files);
  if (claim === undefined) return { problems: [] };
  const id = distributionId(claim);
  const release = releaseOf(id, claim, files);
  const pro = id === 'ubuntu' ? proServices(files) : { problems: [] };
  const build = redHatBuild(files);
  const distribution: Distribution = {
    id,
    idLike: stated?.idLike ?? [],
    name: oneLine(claim.name),
    ...optional('version', release.version),
    ...optional('codename', claim.codename),
    ...optional('pointRelease', release.pointRelease),
    ...build.facts,
    ...(pro.services ? { extendedSupport: pro.services } : {}),
    ...(stated?.distroless || files.has(RPM_MANIFEST) ? { distroless: true } : {}),
    evidence: claim.evidence,
  };
  const endOfLife = endOfLifeOf(distribution);
  return {
    distribution: endOfLife ? { ...distribution, endOfLife } : distribution,
    problems: [...release.problems, ...pro.problems, ...build.problems],
  };
}

/** A name is printed: no line breaks, no terminal's control sequences, no page full of it. */
function oneLine(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200);
}

interface OsReleaseClaim extends ReleaseClaim {
  readonly idLike: readonly string[];
  readonly distroless: boolean;
}

function claimFromOsRelease(files: ReadonlyMap<string, string>): OsReleaseClaim | undefined {
  for (const evidence of OS_RELEASE_FILES) {
    const values = parseOsRelease(files.get(evidence) ?? '');
    const id = releaseId(values.get('ID'));
    if (id === undefined) continue;
    const distroless = values.get('PRETTY_NAME') === 'Distroless' || values.get('VARIANT_ID') === 'distroless';
    const codename = values.get('VERSION_CODENAME') || values.get('UBUNTU_CODENAME') || codenameIn(id, values);
    return {
      id,
      name: distroless ? `${plainName(id, values)}, distroless` : values.get('PRETTY_NAME') || plainName(id, values),
      ...versionField(values.get('VERSION_ID')),
      ...codenameField(codename),
      evidence,
      idLike: idsIn(values.get('ID_LIKE') ?? ''),
      distroless,
    };
  }
  return undefined;
}

function idsIn(text: string): string[] {
  return text
    .split(/\s+/, 20)
    .map(releaseId)
    .filter((id) => id !== undefined);
}

/** Name and version; distroless repeats the name in its version. */
function plainName(id: string, values: ReadonlyMap<string, string>): string {
  const name = values.get('NAME') || id;
  const release = values.get('VERSION') || values.get('VERSION_ID') || '';
  return release.startsWith(name) ? release : `${name} ${release}`.trim();
}

/** Debian's `8 (jessie)` and Ubuntu's `16.04.7 LTS (Xenial Xerus)` of the time before there was a field for it. */
function codenameIn(id: string, values: ReadonlyMap<string, string>): string | undefined {
  if (id !== 'debian' && id !== 'ubuntu') return undefined;
  return /\(([A-Za-z]+)/.exec((values.get('VERSION') ?? '').slice(0, 200))?.[1];
}

/** Leap 42 still called itself `opensuse`. */
function distributionId(claim: ReleaseClaim): string {
  if (claim.id === 'opensuse' && claim.version?.startsWith('42.')) return 'opensuse-leap';
  return SAME_AS.get(claim.id) ?? claim.id;
}

interface Release {
  readonly version?: string;
  readonly pointRelease?: string;
  readonly problems: readonly Problem[];
}

function releaseOf(id: string, claim: ReleaseClaim, files: ReadonlyMap<string, string>): Release {
  if (id === 'alpine') return alpineRelease(claim, files);
  if (id === 'debian') return debianRelease(claim, files);
  if (ROLLING.has(id)) return { ...optional('pointRelease', claim.version), problems: [] };
  if (claim.version === undefined) return { problems: [versionMissing(claim)] };
  return id === 'centos' ? centosRelease(claim.version, files) : { version: claim.version, problems: [] };
}

/** CentOS publishes for the newest minor release only: the major number is the release. */
function centosRelease(stated: string, files: ReadonlyMap<string, string>): Release {
  const line = firstLine(files.get('etc/centos-release') ?? files.get('etc/redhat-release') ?? '');
  const point = releaseNumber(line) ?? stated;
  const [major = stated] = stated.split('.');
  return { version: major, ...optional('pointRelease', point === major ? undefined : point), problems: [] };
}

function debianRelease(claim: ReleaseClaim, files: ReadonlyMap<string, string>): Release {
  const stated = firstLine(files.get('etc/debian_version') ?? '');
  const point = /^\d+(\.\d+)+$/.test(stated) ? versionField(stated).version : undefined;
  if (claim.version !== undefined) return { version: claim.version, ...optional('pointRelease', point), problems: [] };
  const message =
    'The image is Debian testing or unstable, which do not say which of the two they are; it has no release that fixes are announced for.';
  return { problems: [{ code: 'distribution-unreleased', message, effect: 'degraded', subject: claim.evidence }] };
}

function alpineRelease(claim: ReleaseClaim, files: ReadonlyMap<string, string>): Release {
  const stated = claim.version ?? firstLine(files.get('etc/alpine-release') ?? '');
  const own = /_alpha|^edge/.test(stated) ? 'edge' : versionField(/^\d+\.\d+/.exec(stated)?.[0]).version;
  const streams = apkStreams(files.get(APK_REPOSITORIES) ?? '');
  const stream = streams.length === 1 ? streams[0] : own;
  const problems: Problem[] = [];
  if (streams.length > 1) problems.push(mixedStreams(streams));
  if (stream === undefined) problems.push(versionMissing(claim));
  return { ...optional('version', stream), ...optional('pointRelease', versionField(stated).version), problems };
}

function mixedStreams(streams: readonly string[]): Problem {
  const message = `Packages of several Alpine releases are mixed (${streams.slice(0, 10).join(', ')}); advisories of the release in os-release are used.`;
  return { code: 'distribution-mixed-releases', message, effect: 'degraded', subject: APK_REPOSITORIES };
}

function versionMissing({ evidence, name }: ReleaseClaim): Problem {
  const message = `The release of ${oneLine(name)} is not stated; advisories that depend on it cannot be used.`;
  return { code: 'distribution-version-missing', message, effect: 'incomplete', subject: evidence };
}

function proServices(files: ReadonlyMap<string, string>): { services?: string[]; problems: Problem[] } {
  const text = files.get(PRO_STATUS);
  if (text === undefined) return { problems: [] };
  const services = enabledProServices(text);
  if (services !== undefined) return services.length > 0 ? { services, problems: [] } : { problems: [] };
  const message = 'The status of Ubuntu Pro cannot be read; fixes of its extended maintenance are not told apart.';
  return { problems: [{ code: 'ubuntu-pro-unreadable', message, effect: 'degraded', subject: PRO_STATUS }] };
}
