import { versionScheme } from './registry.ts';
import type { VersionScheme } from './version-scheme.ts';

/** Package types, as package URLs and version ranges (`vers:TYPE/`) name them, whose scheme has another name here. */
const schemeIds: ReadonlyMap<string, string> = new Map([
  ['alpine', 'apk'],
  ['alpm', 'pacman'],
  ['arch', 'pacman'],
  ['cargo', 'semver'],
  ['composer', 'packagist'],
  ['ebuild', 'portage'],
  ['elm', 'semver'],
  ['gentoo', 'portage'],
  ['github', 'github-actions'],
  ['githubactions', 'github-actions'],
  ['golang', 'go'],
  ['helm', 'semver'],
  ['opkg', 'deb'],
  ['pypi', 'pep440'],
  ['terraform', 'semver'],
]);

/** How versions of packages of a type are ordered; undefined when nothing is known, and no other order may be put in its place. */
export function schemeOfPackages(type: string): VersionScheme | undefined {
  return versionScheme(schemeIds.get(type) ?? type);
}
