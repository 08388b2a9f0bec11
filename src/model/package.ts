import type { Digest } from './digest.ts';
import type { LinkedSymbols } from './linked-symbols.ts';

/**
 * The ecosystem that names and orders a package; the `type` of its package URL. Not registered there, and written as other tools
 * write them: `crystal`, `ebuild`, `elm`, `flatpak`, `helm`, `nim`, `nix`, `opkg`, `pear`, `snap`, `swipl`, `terraform`, `wordpress`.
 */
export type PackageType = SystemPackageType | LanguagePackageType;

/** Installed by the distribution's package manager, which speaks for their security too. */
export type SystemPackageType = (typeof systemTypes)[number];

/** Libraries and applications that come from a registry of their language, or by hand. */
export type LanguagePackageType = (typeof languageTypes)[number];

export const systemTypes = ['deb', 'rpm', 'apk', 'alpm', 'ebuild', 'opkg'] as const;

const languageTypes = [
  'bazel',
  'bitnami',
  'brew',
  'cargo',
  'cocoapods',
  'composer',
  'conan',
  'conda',
  'cpan',
  'cran',
  'crystal',
  'docker',
  'elm',
  'flatpak',
  'gem',
  'generic',
  'github',
  'golang',
  'hackage',
  'helm',
  'hex',
  'huggingface',
  'julia',
  'luarocks',
  'maven',
  'nim',
  'nix',
  'npm',
  'nuget',
  'opam',
  'otp',
  'pear',
  'pub',
  'pypi',
  'snap',
  'swift',
  'swipl',
  'terraform',
  'vcpkg',
  'wordpress',
] as const;

const knownTypes: ReadonlyMap<string, PackageType> = new Map(
  [...systemTypes, ...languageTypes].map((type) => [type, type]),
);
const knownSystemTypes: ReadonlySet<PackageType> = new Set(systemTypes);

export function isSystemPackage(type: PackageType): type is SystemPackageType {
  return knownSystemTypes.has(type);
}

/** The `type` of a package URL, when packages of it are known here. */
export function packageType(text: string): PackageType | undefined {
  return knownTypes.get(text);
}

/** What a package is needed for, as the records tell. `development`: to build or test; `optional`: may be left out. */
export type PackageScope = 'runtime' | 'development' | 'optional';

/** A package as its own records describe it. What a cataloger returns; layer and artifact are added by the engine. */
export interface Package {
  readonly type: PackageType;
  /**
   * Whole, as the ecosystem writes it: `@angular/core`, `org.apache.commons:commons-text` (maven), `symfony/http-kernel`,
   * `github.com/gorilla/mux/v2` (golang, the module path), `github.com/apple/swift-nio` (swift), `actions/checkout/sub/path`
   * (github), `AFNetworking/Security` (cocoapods), `sys-apps/portage` (ebuild), `pecl.php.net/apcu` (pear), `plugins/akismet`
   * (wordpress; its core is `wordpress`), `owner/tap/app` (brew, of other taps than the main one),
   * `hashicorp/aws` (terraform, a provider), `elm/core` (elm), `Archive-Zip` (cpan, the distribution). Spelt as the record has it; `packageUrl` normalises.
   */
  readonly name: string;
  /**
   * As the ecosystem writes it whole, epoch included where there is one: `1:2.36.1-8+deb11u1`, `0:4.19.1-1.el7_5` is `4.19.1-1.el7_5`.
   * golang: with its `v`, `v1.9.0+incompatible`, `(devel)`; the standard library is `stdlib` of `go1.22.3`. Empty when the record
   * names none (a requirement without a pin): the package is then listed and not assessed.
   */
  readonly version: string;
  readonly architecture?: string;
  /** What it was built from. Advisories of most distributions speak of sources. For rpm the version carries no epoch unless stated. */
  readonly source?: { readonly name: string; readonly version: string };
  /** SPDX expressions where they could be read, otherwise the record's own words. */
  readonly licences: readonly string[];
  readonly vendor?: string;
  readonly maintainer?: string;
  /** RPM module label `name:stream:version:context`. */
  readonly modularity?: string;
  /** Paths the package manager says it installed (no leading slash). Absent when the records do not say. */
  readonly files?: PathList;
  /** Absent when the records do not tell. What is needed at run time and for development alike is `runtime`. */
  readonly scope?: PackageScope;
  /**
   * `root`: the project that the record belongs to, itself no dependency. `direct`: the project asks for it by name.
   * `transitive`: another dependency brought it. Absent when the records do not tell.
   */
  readonly relation?: 'root' | 'direct' | 'transitive';
  /** What it needs directly, each as `name@version` of another package of the same record. Absent when the records do not tell. */
  readonly dependencies?: readonly string[];
  /** Further qualifiers of its package URL, lower-case keys: `{ uuid }` (julia), `{ channel, subdir }` (conda), `{ repository_url }`. */
  readonly qualifiers?: Readonly<Record<string, string>>;
  /** What of it is linked into the binary that it was found in. Absent when that is not known: all of it then counts as there. */
  readonly symbols?: LinkedSymbols;
  /** Common Platform Enumeration names (https://nvd.nist.gov/products/cpe), version included: `cpe:2.3:a:f5:nginx:1.25.3:*:*:*:*:*:*:*`. */
  readonly cpes?: readonly string[];
  /**
   * Further names under which advisories speak of it, beside its own type and name: the `generic` package `nginx` is
   * `{ ecosystem: 'Bitnami', name: 'nginx' }`, of the same version. Ecosystems as OSV writes them.
   */
  readonly advisoryNames?: readonly { readonly ecosystem: string; readonly name: string }[];
  /** Package URL, e.g. `pkg:deb/debian/curl@7.88.1-10?arch=amd64&distro=debian-12`; set once the distribution is known. */
  readonly purl?: string;
}

/**
 * Many paths in little memory: joined by `\n`. A Debian image owns some 50,000 paths, which as an array of strings cost
 * several times their bytes. Paths that contain a newline are left out by the writer and counted as a problem.
 */
export type PathList = string & { readonly __pathList: true };

export function pathList(paths: readonly string[]): PathList {
  return paths.join('\n') as PathList;
}

export function pathsIn(list: PathList): string[] {
  return list === '' ? [] : list.split('\n');
}

/** Where a package was found and what brought it in. */
export interface PackageOrigin {
  /** The record that names it; inside an archive with `!/` before each step: `app/shop.jar!/BOOT-INF/lib/commons-text-1.9.jar`. */
  readonly path: string;
  readonly layer?: LayerOrigin;
}

export interface LayerOrigin {
  /** Position among the image's layers, 0 is the bottom. */
  readonly index: number;
  readonly diffId: Digest;
  /** The build step as the image history writes it, e.g. `RUN /bin/sh -c apt-get install -y curl`. */
  readonly instruction?: string;
  /** `base` when the layer belongs to the base image as far as labels or history tell, `own` otherwise, `unknown` when they do not tell. */
  readonly part: 'base' | 'own' | 'unknown';
}

/** A package of the squashed inventory. */
export interface InstalledPackage extends Package {
  readonly purl: string;
  readonly cataloger: string;
  readonly evidence: 'installed' | 'declared';
  readonly origin: PackageOrigin;
  /**
   * Package URL of the system package that installed it: `python3-requests` of the distribution brings the Python package
   * `requests`. The distribution then speaks for its security, and patches it without changing its version.
   */
  readonly ownedBy?: string;
}
