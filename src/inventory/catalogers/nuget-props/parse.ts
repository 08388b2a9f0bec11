import { childrenOf, parseXml, textOf, type XmlElement } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { expanded, pinned, propertiesIn } from '../msbuild.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

const ITEMS = new Set(['PackageVersion', 'PackageReference', 'GlobalPackageReference']);

/** Items with `Include` or `Update`; versions may be properties of the same file. Conditions are not evaluated: each version counts. */
export function parseProps(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'nuget-props', 'NuGet props file');
  const document = parseXml(file);
  if (!document.ok) {
    collector.unreadable(document.error);
    return collector.result();
  }
  const properties = propertiesIn(document.value);
  const property = (name: string) => properties.get(name);
  for (const item of itemsIn(document.value)) {
    const written = item.attributes.get('Version') ?? item.attributes.get('VersionOverride') ?? textOf(item, 'Version');
    const name = expanded(item.attributes.get('Include') ?? item.attributes.get('Update'), property);
    const version = pinned(expanded(written, property));
    if (name === undefined) collector.unusable(item.attributes.get('Include'));
    else if (name !== '' && version === undefined) collector.unpinned({ name, relation: 'direct' });
    else if (name !== '' && version !== undefined) collector.add({ name, version, relation: 'direct' });
  }
  return collector.result();
}

function itemsIn(project: XmlElement): XmlElement[] {
  return childrenOf(project, 'ItemGroup').flatMap(({ children }) => children.filter(({ name }) => ITEMS.has(name)));
}
