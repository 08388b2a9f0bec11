import type { Digest } from './digest.ts';

/** The ecosystem that names and orders a package; the `type` of its package URL. */
export type PackageType = 'deb' | 'rpm' | 'apk';

/** A package as its own records describe it. What a cataloger returns; layer and artifact are added by the engine. */
export interface Package {
  readonly type: PackageType;
  readonly name: string;
  /** As the ecosystem writes it whole, epoch included where there is one: `1:2.36.1-8+deb11u1`, `0:4.19.1-1.el7_5` is `4.19.1-1.el7_5`. */
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
}
