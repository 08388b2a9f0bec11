import { childrenOf, parseXml, textOf, type XmlElement } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

const ITEMS = new Set(['PackageVersion', 'PackageReference', 'GlobalPackageReference']);
const MAX_ROUNDS = 10;
const MAX_TEXT = 1000;

/** Items with `Include` or `Update`; versions may be properties of the same file. Conditions are not evaluated: each version counts. */
export function parseProps(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'nuget-props', 'NuGet props file');
  const document = parseXml(file);
  if (!document.ok) {
    collector.unreadable(document.error);
    return collector.result();
  }
  const properties = propertiesIn(document.value);
  for (const item of itemsIn(document.value)) {
    const name = expanded(item.attributes.get('Include') ?? item.attributes.get('Update'), properties);
    const written = item.attributes.get('Version') ?? item.attributes.get('VersionOverride') ?? textOf(item, 'Version');
    const version = pinned(expanded(written, properties));
    if (name === undefined) collector.unusable(item.attributes.get('Include'));
    else if (name !== '' && version === undefined) collector.unpinned({ name, relation: 'direct' });
    else if (name !== '' && version !== undefined) collector.add({ name, version, relation: 'direct' });
  }
  return collector.result();
}

function propertiesIn(project: XmlElement): ReadonlyMap<string, string> {
  const properties = childrenOf(project, 'PropertyGroup').flatMap(({ children }) => children);
  return new Map(properties.map(({ name, text }) => [name.toLowerCase(), text]));
}

function itemsIn(project: XmlElement): XmlElement[] {
  return childrenOf(project, 'ItemGroup').flatMap(({ children }) => children.filter(({ name }) => ITEMS.has(name)));
}

/** `$(Name)` replaced; undefined when one is not defined here, or each leads to another. */
function expanded(text: string | undefined, properties: ReadonlyMap<string, string>): string | undefined {
  let value = text?.trim();
  for (let round = 0; value?.includes('$('); round++) {
    if (round === MAX_ROUNDS || value.length > MAX_TEXT) return undefined;
    const names = [...value.matchAll(/\$\(([\w.]+)\)/g)].map(([, name = '']) => name.toLowerCase());
    if (names.length === 0 || names.some((name) => !properties.has(name))) return undefined;
    value = value.replace(/\$\(([\w.]+)\)/g, (_, name: string) => properties.get(name.toLowerCase()) ?? '');
  }
  return value;
}

/** `[1.2.3]` is exactly this version, `1.2.3` this one or, if it is gone, the next; ranges and `1.*` are open. */
function pinned(version: string | undefined): string | undefined {
  const exact = /^\[([^,[\]()]+)\]$/.exec(version ?? '')?.[1] ?? version;
  return exact === undefined || exact === '' || /[[\](),*\s]/.test(exact) ? undefined : exact;
}
