import { asList, asText, entriesOf, memberOf, parseJson, textsOf } from '#foundation/documents/index.ts';
import { packageName, packageType, parsePackageUrl } from '#model/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { optional } from '../../optional.ts';
import { fileName } from '../places.ts';
import { type PackageRecord, type ParsedRecords, RecordCollector } from '../records.ts';

/** `.spdx-<component>.spdx` tells a component and what is in it, `.bitnami_components.json` the components alone. */
export function parseComponents(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'bitnami-component', 'document of Bitnami components');
  const document = parseJson(file);
  if (!document.ok) records.unreadable(document.error);
  else if (fileName(file.path) === '.bitnami_components.json') addComponents(document.value, records);
  else addSpdx(document.value, records);
  return records.result();
}

/** `{ "redis": { "arch": "amd64", "distro": "debian-12", "version": "7.2.4-0" } }`. */
function addComponents(value: unknown, records: RecordCollector): void {
  for (const [name, component] of entriesOf(value)) {
    const version = asText(memberOf(component, 'version'));
    if (!version) records.unusable(name);
    else {
      const told = (member: string) => asText(memberOf(component, member)) ?? '';
      records.add({ name, version, ...builtFor(told('arch'), told('distro')) });
    }
  }
}

function addSpdx(value: unknown, records: RecordCollector): void {
  for (const item of asList(memberOf(value, 'packages')) ?? []) {
    const record = recordOf(item);
    if (record === undefined) records.unusable(asText(memberOf(item, 'name')));
    else records.add(record);
  }
}

/** A package by its package URL. Bitnami's own version is more than upstream's: it ends with the revision of the build. */
function recordOf(item: unknown): PackageRecord | undefined {
  const purl = locatorsOf(item, 'purl').map((text) => parsePackageUrl(text))[0];
  const type = purl?.ok ? packageType(purl.value.type) : undefined;
  const licences = licencesOf(item);
  const common = { ...(licences.length > 0 && { licences }) };
  if (!purl?.ok || type === undefined) {
    const [name = '', version = ''] = [asText(memberOf(item, 'name')), asText(memberOf(item, 'versionInfo'))];
    return name === '' ? undefined : { name, version, type: 'generic', ...common };
  }
  return {
    name: packageName(type, purl.value),
    version: purl.value.version ?? asText(memberOf(item, 'versionInfo')) ?? '',
    ...(type !== 'bitnami' && { type }),
    ...(type === 'bitnami' && builtFor(purl.value.qualifiers['arch'], purl.value.qualifiers['distro'])),
    ...common,
  };
}

/** Bitnami's package URLs tell for which architecture and on which distribution a component was built. */
function builtFor(
  arch: string | undefined,
  distro: string | undefined,
): Pick<PackageRecord, 'architecture' | 'qualifiers'> {
  const qualifiers = { ...optional('arch', arch?.slice(0, 100)), ...optional('distro', distro?.slice(0, 100)) };
  return {
    ...optional('architecture', arch?.slice(0, 100)),
    ...(Object.keys(qualifiers).length > 0 && { qualifiers }),
  };
}

function locatorsOf(item: unknown, type: string): string[] {
  const references = asList(memberOf(item, 'externalRefs')) ?? [];
  return references
    .filter((reference) => memberOf(reference, 'referenceType') === type)
    .flatMap((reference) => textsOf(memberOf(reference, 'referenceLocator')));
}

function licencesOf(item: unknown): string[] {
  const texts = [memberOf(item, 'licenseConcluded'), memberOf(item, 'licenseDeclared')].map(asText);
  const told = texts.find((text) => text && text !== 'NOASSERTION' && text !== 'NONE');
  return told ? [told] : [];
}
