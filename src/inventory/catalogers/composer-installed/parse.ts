import { asList, asMembers, parseJson, textsOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { addComposerPackages, composerPackages } from '../composer-package.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

/** Composer 1 writes a list of packages, Composer 2 `{ "packages": [...], "dev-package-names": [...] }`. */
export function parseInstalledJson(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'composer-installed', 'installed.json of Composer');
  const document = parseJson(file);
  if (!document.ok) {
    records.unreadable(document.error);
    return records.result();
  }
  const members = asMembers(document.value);
  const list = asList(document.value) ?? asList(members?.['packages']);
  if (list === undefined) records.unreadable('is not a list of packages');
  const development = new Set(textsOf(members?.['dev-package-names']));
  const scopeOf = (name: string) => (development.has(name) ? 'development' : undefined);
  addComposerPackages(composerPackages(list, scopeOf, records), records);
  return records.result();
}
