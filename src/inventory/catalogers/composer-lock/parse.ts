import { asList, asMembers, entriesOf, parseJson } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { addComposerPackages, composerPackages } from '../composer-package.ts';
import type { Asked, AskedName } from '../manifest.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

export function parseComposerLock(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'composer-lock', 'composer lock file');
  if (isUnpacked(file.path)) return records.result();
  const document = parseJson(file);
  const lock = document.ok ? asMembers(document.value) : undefined;
  if (!document.ok) records.unreadable(document.error);
  else if (lock === undefined || !asList(lock['packages'])) records.unreadable('is not a composer lock file');
  const runtime = composerPackages(lock?.['packages'], () => undefined, records);
  const development = composerPackages(lock?.['packages-dev'], () => 'development', records);
  addComposerPackages([...runtime, ...development], records);
  return records.result();
}

/** What the project asks for; PHP itself and its extensions have no slash in their names. */
export function parseComposerJson(file: InputFile): Asked | undefined {
  const document = parseJson(file);
  const manifest = document.ok ? asMembers(document.value) : undefined;
  if (manifest === undefined || isUnpacked(file.path)) return undefined;
  const names = (kind: string) =>
    entriesOf(manifest[kind]).flatMap(([name]): AskedName[] => (name.includes('/') ? [[name, '']] : []));
  return { runtime: names('require'), optional: [], development: names('require-dev') };
}

/** The files of a package's authors, unpacked with the package. */
function isUnpacked(path: string): boolean {
  return /(?:^|\/)vendor\/[^/]+\/[^/]+\/[^/]+$/.test(path);
}
