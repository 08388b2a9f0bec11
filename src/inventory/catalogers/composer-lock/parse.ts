import { asList, asMembers, parseJson } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { addComposerPackages, composerPackages } from '../composer-package.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

export function parseComposerLock(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'composer-lock', 'composer lock file');
  // The lock file of a package's authors, unpacked with the package.
  if (/(?:^|\/)vendor\/[^/]+\/[^/]+\/[^/]+$/.test(file.path)) return records.result();
  const document = parseJson(file);
  const lock = document.ok ? asMembers(document.value) : undefined;
  if (!document.ok) records.unreadable(document.error);
  else if (lock === undefined || !asList(lock['packages'])) records.unreadable('is not a composer lock file');
  const runtime = composerPackages(lock?.['packages'], () => undefined, records);
  const development = composerPackages(lock?.['packages-dev'], () => 'development', records);
  addComposerPackages([...runtime, ...development], records);
  return records.result();
}
