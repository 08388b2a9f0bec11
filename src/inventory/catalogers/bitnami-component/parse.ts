import { asList, asText, entriesOf, memberOf, parseJson, textsOf } from '#foundation/documents/index.ts';
import { parsePackageUrl } from '#model/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { optional } from '../../optional.ts';
import { fileName } from '../places.ts';
import { type PackageRecord, type ParsedRecords, RecordCollector } from '../records.ts';

/** `.spdx-<component>.spdx` describes a component and those that are part of it, `.bitnami_components.json` lists the components. */
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

/** What else a document names, the libraries in a component, is read from it as from any bill of materials that lies in an image. */
function addSpdx(value: unknown, records: RecordCollector): void {
  for (const item of asList(memberOf(value, 'packages')) ?? []) {
    const [locator] = locatorsOf(item, 'purl');
    const purl = locator === undefined ? undefined : parsePackageUrl(locator);
    if (!purl?.ok || purl.value.type !== 'bitnami') continue;
    const { name, version = '', qualifiers } = purl.value;
    const licences = licencesOf(item);
    records.add({
      name,
      // Upstream's version, and the revision of the build.
      version: version || (asText(memberOf(item, 'versionInfo')) ?? ''),
      ...builtFor(qualifiers['arch'], qualifiers['distro']),
      ...(licences.length > 0 && { licences }),
    });
  }
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
