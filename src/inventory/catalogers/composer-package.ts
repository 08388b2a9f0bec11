import { asList, asMembers, asText, entriesOf, type Members, textsOf } from '#foundation/documents/index.ts';
import type { PackageScope } from '#model/index.ts';
import { type RecordCollector, reference } from './records.ts';

/** A package as composer.lock and installed.json describe it alike. */
export interface ComposerPackage {
  readonly name: string;
  readonly version: string;
  readonly table: Members;
  readonly scope: PackageScope | undefined;
}

export function composerPackages(
  value: unknown,
  scopeOf: (name: string) => PackageScope | undefined,
  records: RecordCollector,
): ComposerPackage[] {
  return (asList(value) ?? []).flatMap((item) => {
    const table = asMembers(item);
    const name = asText(table?.['name']);
    const version = asText(table?.['version']);
    if (table && name && version) return [{ name, version, table, scope: scopeOf(name) }];
    records.unusable(name);
    return [];
  });
}

/** Names are one without regard to case. What PHP itself brings (`php`, `ext-json`) is not among the packages. */
export function addComposerPackages(packages: readonly ComposerPackage[], records: RecordCollector): void {
  const byName = new Map(packages.map((found) => [found.name.toLowerCase(), found]));
  for (const { name, version, table, scope } of packages) {
    records.add({
      name,
      version,
      licences: licencesOf(table['license']),
      dependencies: entriesOf(table['require']).flatMap(([needed]) => {
        const found = byName.get(needed.toLowerCase());
        return found ? [reference(found)] : [];
      }),
      ...(scope && { scope }),
    });
  }
}

/** Several mean that the user may choose: `["MIT", "GPL-2.0-only"]` is `MIT OR GPL-2.0-only`. */
function licencesOf(value: unknown): string[] {
  const choices = textsOf(value).map((text) => text.replace(/ (or|and|with) /gi, (word) => word.toUpperCase()));
  const [only] = choices;
  if (only === undefined || choices.length === 1) return choices;
  return [choices.map((choice) => (/^[^(].* AND /.test(choice) ? `(${choice})` : choice)).join(' OR ')];
}
