import { type Members, textsOf } from '#foundation/documents/index.ts';
import type { PackageScope } from '#model/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { PackageIndex, readPythonLock } from '../python-lock.ts';
import { parseRequirement } from '../python-requirement.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

/** A package is listed once more for each set of its extras that is asked for. */
export function parsePdmLock(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'pdm-lock', 'PDM lock file');
  const lock = readPythonLock(file, 'package', records);
  const index = new PackageIndex(lock?.packages ?? []);
  for (const { name, version, table } of lock?.packages ?? []) {
    const scope = scopeOf(table);
    records.add({
      name,
      version,
      // With extras it needs itself, without them.
      dependencies: textsOf(table['dependencies'])
        .flatMap((text) => {
          const needed = parseRequirement(text);
          return needed ? index.references(needed.name, needed.version) : [];
        })
        .filter((needed) => needed !== `${name}@${version}`),
      ...(scope && { scope }),
    });
  }
  return records.result();
}

/** `default` is what a user installs; other groups are extras of the project unless named for its developers. */
function scopeOf(table: Members): PackageScope | undefined {
  const groups = textsOf(table['groups']);
  if (groups.length === 0 || groups.includes('default')) return undefined;
  return groups.every((group) => /^(?:dev|develop|development|tests?|testing|lint|docs?)$/.test(group))
    ? 'development'
    : 'optional';
}
