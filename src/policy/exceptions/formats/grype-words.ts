import type { PackageType } from '#model/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';

/** How Grype calls types of packages, where it has another word, and the language it counts them to. */
const TYPES: ReadonlyMap<PackageType, readonly [type: string, language: string]> = new Map([
  ['cargo', ['rust-crate', 'rust']],
  ['cocoapods', ['pod', 'swift']],
  ['composer', ['php-composer', 'php']],
  ['conan', ['conan', 'c++']],
  ['cran', ['R-package', 'R']],
  ['gem', ['gem', 'ruby']],
  ['generic', ['binary', '']],
  ['github', ['github-action', '']],
  ['golang', ['go-module', 'go']],
  ['hackage', ['hackage', 'haskell']],
  ['hex', ['hex', 'elixir']],
  ['luarocks', ['lua-rocks', 'lua']],
  ['maven', ['java-archive', 'java']],
  ['npm', ['npm', 'javascript']],
  ['nuget', ['dotnet', 'dotnet']],
  ['pub', ['dart-pub', 'dart']],
  ['pypi', ['python', 'python']],
  ['swift', ['swift', 'swift']],
]);

export function packageTypeOf(type: PackageType): string {
  return TYPES.get(type)?.[0] ?? type;
}

export function languageOf(type: PackageType): string {
  return TYPES.get(type)?.[1] ?? '';
}

export function fixStateOf({ state }: VulnerabilityFinding): string {
  if (state === 'fixed') return 'fixed';
  if (state === 'will-not-fix' || state === 'end-of-life') return 'wont-fix';
  return state === 'unknown' ? 'unknown' : 'not-fixed';
}

/** `exact-indirect-match`: by the source that the package was built from. */
export function matchTypesOf({ evidence, package: owner }: VulnerabilityFinding): string[] {
  return evidence.map(({ subject, name }) =>
    subject === 'source' && name !== owner.name ? 'exact-indirect-match' : 'exact-direct-match',
  );
}

/** `debian:distro:debian:12` for statements of a distribution, `github:language:python` for those about a language. */
export function namespacesOf({ evidence, package: owner }: VulnerabilityFinding): string[] {
  const language = languageOf(owner.type);
  return evidence.flatMap(({ ecosystem }) => {
    const distribution = ecosystem.slice(0, Math.max(0, ecosystem.indexOf(':')));
    if (distribution !== '') return [`${distribution}:distro:${ecosystem}`];
    return language === '' ? [] : [`github:language:${language}`];
  });
}
