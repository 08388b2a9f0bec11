import { childrenOf, parseXml, textOf, type XmlElement } from '#foundation/documents/index.ts';
import { ok, type Result } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { propertiesIn } from '../msbuild.ts';

/** What one MSBuild file says of packages and of the properties they are written with. Texts as they stand, `$(...)` not yet replaced. */
export type BuildFile = {
  readonly references: readonly BuildItem[];
  /** Versions for references without one (`PackageVersion`, `PackageReference Update`). */
  readonly versions: readonly BuildItem[];
  readonly properties: readonly (readonly [lowerName: string, value: string])[];
};

export type BuildItem = {
  readonly name: string;
  readonly version?: string;
  /** `PrivateAssets="all"`: an analyzer or a tool that only the build needs. */
  readonly isPrivate?: boolean;
};

const MAX_TEXT = 500;
const MAX_ITEMS = 20_000;

export function parseBuildFile(file: InputFile): Result<BuildFile> {
  const document = parseXml(file);
  if (!document.ok) return document;
  const items = childrenOf(document.value, 'ItemGroup').flatMap(({ children }) => children);
  const of = (...kinds: readonly string[]) => items.filter(({ name }) => kinds.includes(name)).slice(0, MAX_ITEMS);
  const references = of('PackageReference', 'GlobalPackageReference');
  const updates = references.filter(({ attributes }) => !attributes.has('Include'));
  return ok({
    references: references.flatMap((item) => itemsOf(item, item.attributes.get('Include'))),
    versions: [...of('PackageVersion'), ...updates].flatMap((item) =>
      itemsOf(item, item.attributes.get('Update') ?? item.attributes.get('Include')),
    ),
    properties: [...propertiesIn(document.value)]
      .slice(0, MAX_ITEMS)
      .map(([name, value]) => [name, value.slice(0, MAX_TEXT)] as const),
  });
}

/** A list of names is separated by semicolons. */
function itemsOf(item: XmlElement, names: string | undefined): BuildItem[] {
  const written = member(item, 'VersionOverride') ?? member(item, 'Version');
  const isPrivate = item.name === 'GlobalPackageReference' || member(item, 'PrivateAssets')?.toLowerCase() === 'all';
  return (names ?? '')
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name.length <= MAX_TEXT)
    .map((name) => ({ name, ...(written && { version: written }), ...(isPrivate && { isPrivate }) }));
}

/** Members of an item are attributes or elements. */
function member(item: XmlElement, name: string): string | undefined {
  return (item.attributes.get(name) ?? textOf(item, name))?.slice(0, MAX_TEXT);
}
