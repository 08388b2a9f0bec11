/** A path of the store, taken apart. */
export interface StorePath {
  /** `nix/store/<hash>-<name>`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
}

const STORE_PATH = /^nix\/store\/([0-9a-df-np-sv-z]{32})-([A-Za-z0-9+._?=-]{1,211})(?:\/(.*))?$/s;
/** What a package is split into; `out` has no ending. */
const OUTPUTS =
  /-(?:out|bin|dev|devdoc|devman|doc|man|info|lib|libs|lib32|libgcc|static|debug|dist|data|getent|terminfo|tools|py|python|nslib|login|mount|swap|dbus|plugins|installedTests|xgcc|modules)$/;
/** Files that were fetched or written for a build. */
const NO_PACKAGE =
  /\.(?:drv|lock|chroot|check|patch|diff|tar|tgz|tbz2?|txz|zip|gz|xz|bz2|zst|sh|nix|json|pem|rs|c|h|py|pl|gem|crate|whl)$/;

/**
 * The package that a file of the Nix store belongs to. Undefined when the name of the path has no version, as those of settings
 * and wrappers do not.
 *
 * Name and version are told apart as `builtins.parseDrvName` does: at the first hyphen that no letter follows.
 * @example `nix/store/…-python3.11-requests-2.31.0/bin/x` → `python3.11-requests`, `2.31.0`
 * @example `nix/store/…-openssl-3.0.13-dev/include/x.h` → `openssl`, `3.0.13`
 */
export function parseStorePath(path: string): StorePath | undefined {
  const [, hash, full = '', rest] = STORE_PATH.exec(path) ?? [];
  if (hash === undefined || (rest === undefined && NO_PACKAGE.test(full)) || full.endsWith('.drv')) return undefined;
  const [, name = '', after] = /^(.*?)-(?=[^A-Za-z])(.*)$/s.exec(full) ?? [];
  const version = withoutOutput(after ?? '');
  if (name === '' || !/^\d/.test(version)) return undefined;
  return { path: `nix/store/${hash}-${full}`, name, version };
}

function withoutOutput(version: string): string {
  return version.replace(OUTPUTS, '');
}

/** Of what there are many in one package, deep in its directories, and which are never all that it has. */
const ONE_OF_MANY = /\.(?:py|pyc|mo|html|h|hpp|js|png|svg|gz)$/;

/** Whether a file is to be kept as the sign that its package is there. A store of a gigabyte has a hundred thousand files. */
export function isTelling(path: string): boolean {
  return path.split('/', 7).length <= 6 || !ONE_OF_MANY.test(path);
}
