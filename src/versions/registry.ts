import { apk } from './schemes/apk/index.ts';
import { bitnami } from './schemes/bitnami/index.ts';
import { conan } from './schemes/conan/index.ts';
import { cran } from './schemes/cran/index.ts';
import { deb } from './schemes/deb/index.ts';
import { fuzzy } from './schemes/fuzzy/index.ts';
import { gem } from './schemes/gem/index.ts';
import { generic } from './schemes/generic/index.ts';
import { githubActions } from './schemes/github-actions/index.ts';
import { go } from './schemes/go/index.ts';
import { hackage } from './schemes/hackage/index.ts';
import { hex } from './schemes/hex/index.ts';
import { julia } from './schemes/julia/index.ts';
import { jvm } from './schemes/jvm/index.ts';
import { maven } from './schemes/maven/index.ts';
import { nix } from './schemes/nix/index.ts';
import { npm } from './schemes/npm/index.ts';
import { nuget } from './schemes/nuget/index.ts';
import { opam } from './schemes/opam/index.ts';
import { openssl } from './schemes/openssl/index.ts';
import { packagist } from './schemes/packagist/index.ts';
import { pacman } from './schemes/pacman/index.ts';
import { pep440 } from './schemes/pep440/index.ts';
import { portage } from './schemes/portage/index.ts';
import { pub } from './schemes/pub/index.ts';
import { rpm } from './schemes/rpm/index.ts';
import { semver } from './schemes/semver/index.ts';
import { swift } from './schemes/swift/index.ts';
import type { VersionScheme } from './version-scheme.ts';

/** Every scheme there is; adding one is a folder under `schemes/` and a line here. */
export const versionSchemes = [
  apk,
  bitnami,
  conan,
  cran,
  deb,
  fuzzy,
  gem,
  generic,
  githubActions,
  go,
  hackage,
  hex,
  julia,
  jvm,
  maven,
  nix,
  npm,
  nuget,
  opam,
  openssl,
  packagist,
  pacman,
  pep440,
  portage,
  pub,
  rpm,
  semver,
  swift,
] as const satisfies readonly VersionScheme[];

const schemesById: ReadonlyMap<string, VersionScheme> = new Map(versionSchemes.map((scheme) => [scheme.id, scheme]));

/** The scheme with this id (`deb`), or undefined when there is none: the caller reports its versions as not evaluated. */
export function versionScheme(id: string): VersionScheme | undefined {
  return schemesById.get(id);
}
