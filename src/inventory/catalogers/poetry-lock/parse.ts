import { asList, asText, entriesOf, type Members, textsOf } from '#foundation/documents/index.ts';
import type { PackageScope } from '#model/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { PackageIndex, readPythonLock } from '../python-lock.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

export function parsePoetryLock(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'poetry-lock', 'poetry lock file');
  const lock = readPythonLock(file, 'package', records);
  const index = new PackageIndex(lock?.packages ?? []);
  for (const { name, version, table } of lock?.packages ?? []) {
    const scope = scopeOf(table);
    records.add({
      name,
      version,
      dependencies: entriesOf(table['dependencies']).flatMap(([needed]) => index.references(needed)),
      ...(scope && { scope }),
    });
  }
  return records.result();
}

/** `category` until version 1.4, nothing for some years, `groups` since version 2; `main` is what a user installs. */
function scopeOf(table: Members): PackageScope | undefined {
  const groups = asList(table['groups']) ? textsOf(table['groups']) : textsOf(table['category']);
  if (groups.length > 0 && !groups.includes('main')) return 'development';
  return table['optional'] === true || asText(table['optional']) === 'true' ? 'optional' : undefined;
}
