import { asList, asMembers, asText } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { PackageIndex, readPythonLock } from '../python-lock.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

/** A package may be listed for several environments, in several versions. What comes from a folder may have none. */
export function parsePylock(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'pylock', 'pylock.toml');
  if (!/(?:^|\/)pylock(?:\.[^./]+)?\.toml$/.test(file.path)) return records.result();
  const packages = readPythonLock(file, 'packages', records)?.packages ?? [];
  const index = new PackageIndex(packages);
  for (const { name, version, table } of packages) {
    const dependencies = asList(table['dependencies'])?.flatMap((item) => {
      const need = asMembers(item);
      const needed = asText(need?.['name']);
      return needed ? index.references(needed, asText(need?.['version'])) : [];
    });
    records.add({ name, version, ...(dependencies && { dependencies }) });
  }
  return records.result();
}
