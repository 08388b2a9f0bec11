import { asMembers, asText, entriesOf, parseJson } from '#foundation/documents/index.ts';
import type { PackageScope } from '#model/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

/** `default` is for run time; `develop` and categories of the user's own naming are not installed unless asked for. */
export function parsePipfileLock(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'pipfile-lock', 'Pipfile.lock');
  const document = parseJson(file);
  const lock = document.ok ? asMembers(document.value) : undefined;
  if (!document.ok) records.unreadable(document.error);
  else if (lock === undefined || !('_meta' in lock)) records.unreadable('is not a lock file of Pipenv');
  else
    for (const [category, packages] of entriesOf(lock)) {
      if (category !== '_meta') addCategory(packages, scopeOf(category), records);
    }
  return records.result();
}

function scopeOf(category: string): PackageScope {
  if (category === 'default') return 'runtime';
  return category === 'develop' ? 'development' : 'optional';
}

/** `"version": "==1.2.3"`; what comes from a repository or a folder has none. */
function addCategory(packages: unknown, scope: PackageScope, records: RecordCollector): void {
  for (const [name, value] of entriesOf(packages)) {
    const version = asText(asMembers(value)?.['version'])?.trim();
    if (asMembers(value) === undefined) records.unusable(name);
    else if (version !== undefined && !/^={2,3}[^*]+$/.test(version))
      records.unpinned({ name, ...(scope !== 'runtime' && { scope }) });
    else
      records.add({ name, version: version?.replace(/^={2,3}\s*/, '') ?? '', ...(scope !== 'runtime' && { scope }) });
  }
}
