import type { Distribution, PackageType } from '#model/index.ts';

/**
 * Ecosystem keys. Distributions: `<id>:<release>` as os-release spells the id and as finely as the publisher cuts releases:
 * `debian:12`, `debian:sid`, `ubuntu:24.04`, `ubuntu-esm:18.04`, `alpine:3.22`, `alpine:edge`, `wolfi`, `almalinux:9`,
 * `rocky:9`, `rhel:9`, `rhel-eus:9.2`, `suse:linux enterprise server 15 sp5`, `opensuse:leap 15.6`, `azurelinux:3`, `amzn:2023`,
 * `ol:9`, `fedora:42`, `photon:5.0`, `arch`, `gentoo`.
 * Languages: the package URL type (`npm`, `pypi`, `golang`, `cargo`, …), with `:<repository>` where a record is limited to one.
 */

/** Debian release numbers by code name; `sid` has none. */
export const debianReleases: ReadonlyMap<string, string> = new Map([
  ['woody', '3.0'],
  ['sarge', '3.1'],
  ['etch', '4'],
  ['lenny', '5'],
  ['squeeze', '6'],
  ['wheezy', '7'],
  ['jessie', '8'],
  ['stretch', '9'],
  ['buster', '10'],
  ['bullseye', '11'],
  ['bookworm', '12'],
  ['trixie', '13'],
  ['forky', '14'],
  ['duke', '15'],
]);

export interface EcosystemOptions {
  /** Ubuntu's extended maintenance speaks too. By default when the machine is attached to it, so that its fixes can be installed. */
  readonly extendedMaintenance?: boolean;
}

/**
 * The keys to ask for a distribution's packages, most specific first. Empty when nobody publishes data that we read for it:
 * its packages are then not assessed, which is not the same as clean.
 *
 * @example ecosystemsOf({ id: 'debian', version: '12', … }) // ['debian:12']
 */
export function ecosystemsOf(distribution: Distribution, options: EcosystemOptions = {}): readonly string[] {
  const { id, version = '' } = distribution;
  const [major = '', minor = ''] = version.split('.');
  switch (id) {
    case 'debian':
      return debianKeys(distribution);
    case 'ubuntu':
      return ubuntuKeys(distribution, options);
    case 'alpine':
      return alpineKeys(distribution);
    case 'wolfi':
    case 'chainguard':
    case 'minimos':
    case 'echo':
      return [id];
    case 'almalinux':
    case 'rocky':
    case 'rhel':
      return major === '' ? [] : [`${id}:${major}`];
    case 'centos':
      // From 9 on there is only CentOS Stream, which runs ahead of the releases that Red Hat's notices speak of.
      return ['5', '6', '7', '8'].includes(major) ? [`rhel:${major}`] : [];
    case 'azurelinux':
    case 'mariner':
      return major === '' ? [] : [`azurelinux:${major}`];
    case 'amzn':
      // The first Amazon Linux (`2018.03`) has ended, and its notices are no longer served over an encrypted connection.
      return version === '2' || version === '2023' ? [`amzn:${version}`] : [];
    case 'openeuler':
      return openEulerKeys(distribution);
    case 'ol':
    case 'fedora':
    case 'mageia':
      return major === '' ? [] : [`${id}:${major}`];
    case 'photon':
      return version === '' ? [] : [`photon:${version}`];
    case 'arch':
    case 'gentoo':
    case 'bottlerocket':
      return [id];
    case 'sles':
      return suseKeys(major, minor);
    case 'opensuse-leap':
      return version === '' ? [] : [`opensuse:leap ${version}`];
    case 'opensuse-tumbleweed':
      return ['opensuse:tumbleweed'];
    default:
      return [];
  }
}

function debianKeys({ version, codename }: Distribution): readonly string[] {
  if (version !== undefined && /^\d/.test(version)) return [`debian:${normaliseDebian(version)}`];
  if (codename === undefined) return [];
  return [`debian:${debianReleases.get(codename) ?? codename}`];
}

function ubuntuKeys(
  { version = '', extendedSupport = [] }: Distribution,
  { extendedMaintenance = extendedSupport.length > 0 }: EcosystemOptions,
): readonly string[] {
  const release = /^\d+\.\d+/.exec(version)?.[0];
  if (release === undefined) return [];
  return extendedMaintenance ? [`ubuntu:${release}`, `ubuntu-esm:${release}`] : [`ubuntu:${release}`];
}

/** `12.9` and `6.0` are point releases of 12 and 6; 3.0 and 3.1 were releases of their own. */
export function normaliseDebian(release: string): string {
  return /^3\.[01]/.test(release) ? release.slice(0, 3) : (release.split('.')[0] ?? release);
}

/** Edge calls itself by a snapshot of the next release: `3.23.0_alpha20250612`. */
function alpineKeys({ version = '', pointRelease = '' }: Distribution): readonly string[] {
  const text = version === '' ? pointRelease : version;
  if (/edge|_alpha/.test(text)) return ['alpine:edge'];
  const release = /^v?(\d+\.\d+)/.exec(text);
  return release ? [`alpine:${release[1]}`] : [];
}

/** `openEuler 22.03 (LTS-SP1)`: only the name tells the service pack, and each is a release of its own. */
function openEulerKeys({ name, version = '' }: Distribution): readonly string[] {
  if (!/^\d{2}\.\d{2}$/.test(version)) return [];
  const edition = /\((LTS(?:-SP\d)?)\)/.exec(name)?.[1]?.toLowerCase();
  return [`openeuler:${version}${edition === undefined ? '' : `-${edition}`}`];
}

/** SUSE publishes by product: a container of SLES is fed from the base system and its neighbouring modules. */
function suseKeys(major: string, minor: string): readonly string[] {
  if (major === '') return [];
  const release = minor === '' || minor === '0' ? major : `${major} sp${minor}`;
  if (Number(major) < 15)
    return [`suse:linux enterprise server ${release}`, `suse:linux enterprise server ${release}-ltss`];
  const modules = [
    'basesystem',
    'server applications',
    'development tools',
    'web and scripting',
    'containers',
    'python 3',
  ];
  return [
    `suse:linux enterprise server ${release}`,
    `suse:linux enterprise server ${release}-ltss`,
    ...modules.map((name) => `suse:linux enterprise module for ${name} ${release}`),
  ];
}

/** Registries that advisories speak of, by the type of their packages. */
const LANGUAGES: ReadonlyMap<PackageType, string> = new Map([
  ['bitnami', 'bitnami'],
  ['cargo', 'cargo'],
  ['composer', 'composer'],
  ['conan', 'conan'],
  ['cran', 'cran'],
  ['gem', 'gem'],
  ['github', 'githubactions'],
  ['golang', 'golang'],
  ['hackage', 'hackage'],
  ['hex', 'hex'],
  ['julia', 'julia'],
  ['maven', 'maven'],
  ['npm', 'npm'],
  ['nuget', 'nuget'],
  ['opam', 'opam'],
  ['pub', 'pub'],
  ['pypi', 'pypi'],
  ['swift', 'swift'],
]);

/** The key to ask for packages of a language, whatever distribution they lie on; undefined when no source speaks of such packages. */
export function languageEcosystem(type: PackageType): string | undefined {
  return LANGUAGES.get(type);
}

/**
 * The name as a key. Registries that treat several spellings as one package are brought to one: PEP 503 for PyPI, case for
 * NuGet, Composer and what GitHub hosts, and the prefix that Bottlerocket's images write and its notices do not. Used when building and when asking, so the two cannot differ.
 */
export function packageKey(ecosystem: string, name: string): string {
  switch (ecosystem.split(':', 1)[0]) {
    case 'pypi':
      return name.toLowerCase().replace(/[-_.]+/g, '-');
    case 'nuget':
    case 'composer':
    case 'githubactions':
    case 'swift':
    case 'git':
      return name.toLowerCase();
    case 'bottlerocket':
      return name.replace(/^bottlerocket-/, '');
    default:
      return name;
  }
}
