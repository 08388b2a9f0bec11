import { asText, entriesOf, memberOf, parseJson } from '#foundation/documents/index.ts';
import type { Problem } from '#foundation/index.ts';
import { isSystemPackage, type Package } from '#model/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { optional } from '../../optional.ts';
import { foreignPackage } from '../../sbom/foreign-package.ts';
import { readSbom } from '../../sbom/read.ts';
import { fileName } from '../places.ts';
import { type PackageRecord, type ParsedRecords, RecordCollector } from '../records.ts';

/** `.spdx-<component>.spdx` describes a component and what is in it, `.bitnami_components.json` lists the components. */
export function parseComponents(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'bitnami-component', 'document of Bitnami components');
  const more =
    fileName(file.path) === '.bitnami_components.json' ? addListed(file, records) : addDescribed(file, records);
  const { packages, problems } = records.result();
  return { packages, problems: [...more, ...problems] };
}

/** `{ "redis": { "arch": "amd64", "distro": "debian-12", "version": "7.2.4-0" } }`. */
function addListed(file: InputFile, records: RecordCollector): readonly Problem[] {
  const document = parseJson(file);
  if (!document.ok) records.unreadable(document.error);
  for (const [name, component] of document.ok ? entriesOf(document.value) : []) {
    const told = (member: string): string | undefined => asText(memberOf(component, member))?.slice(0, 200);
    const version = told('version');
    const qualifiers = { ...optional('arch', told('arch')), ...optional('distro', told('distro')) };
    if (!version) records.unusable(name);
    else records.add({ name, version, ...(Object.keys(qualifiers).length > 0 && { qualifiers }) });
  }
  return [];
}

/** Files that a document lists beside packages have no package URL. */
function addDescribed(file: InputFile, records: RecordCollector): readonly Problem[] {
  const document = readSbom(file);
  if (!document.ok) {
    records.unreadable(document.error);
    return [];
  }
  const { subject, components, problems } = document.value;
  for (const component of subject ? [subject, ...components] : components) {
    const found = foreignPackage(component);
    if (found.ok && !isSystemPackage(found.value.type)) records.add(recordOf(found.value));
  }
  return problems.map((problem) => ({ ...problem, subject: file.path }));
}

function recordOf({ purl: _purl, files: _files, relation: _relation, ...record }: Package): PackageRecord {
  return record;
}
