import { linesOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import type { Asked, AskedName } from '../manifest.ts';
import { type ParsedRecords, RecordCollector, reference } from '../records.ts';

interface Locked {
  readonly name: string;
  readonly version: string;
  readonly group: string;
  readonly needs: string[];
}

/**
 * Groups of sources: under `NUGET` four blanks before a package, `Argu (6.1.1) - restriction: >= net5.0`, six before what it
 * needs. Files of repositories (`GITHUB`, `GIST`, `HTTP`) are no packages.
 */
export function parsePaketLock(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'paket-lock', 'Paket lock file');
  const { locked, hasSections } = lockedIn(file.text(), collector);
  if (!hasSections) collector.unreadable('is not a lock file of Paket');
  const keyed = new Map(locked.map((found) => [`${found.group}\0${found.name.toLowerCase()}`, found]));
  for (const { name, version, group, needs } of locked) {
    const dependencies = needs.flatMap((need) => keyed.get(`${group}\0${need.toLowerCase()}`) ?? []).map(reference);
    collector.add({ name, version, dependencies, ...(isForBuilding(group) && { scope: 'development' }) });
  }
  return collector.result();
}

function lockedIn(text: string, collector: RecordCollector): { locked: Locked[]; hasSections: boolean } {
  const locked: Locked[] = [];
  let group = '';
  let section = '';
  let hasSections = false;
  for (const line of linesOf(text)) {
    const indent = line.length - line.trimStart().length;
    const content = line.trim();
    if (content === '') continue;
    if (indent === 0) {
      section = content;
      hasSections ||= SECTIONS.has(content);
      if (content.startsWith('GROUP ')) group = content.slice('GROUP '.length);
    } else if (section === 'NUGET' && indent === 4) keep(content, group, locked, collector);
    else if (section === 'NUGET' && indent === 6) locked.at(-1)?.needs.push(nameIn(content));
  }
  return { locked, hasSections };
}

const SECTIONS = new Set(['NUGET', 'GITHUB', 'GIT', 'GIST', 'HTTP']);

function keep(content: string, group: string, locked: Locked[], collector: RecordCollector): void {
  const [, name, version] = /^(\S{1,300}) \(([^()\s]{1,200})\)/.exec(content) ?? [];
  if (name === undefined || version === undefined) collector.unusable(content);
  else locked.push({ name, version, group, needs: [] });
}

function nameIn(content: string): string {
  return content.split(' ', 1)[0] ?? '';
}

function isForBuilding(group: string): boolean {
  return /^(?:build|test|tests|dev|docs|analy[sz]ers)$/i.test(group);
}

const MAX_NAMES = 20_000;

/** `paket.dependencies` of the solution (`nuget Argu ~> 6`) or `paket.references` of one project (a name a line), by groups. */
export function parsePaketRequests(file: InputFile): Asked {
  const isSolution = file.path.endsWith('paket.dependencies');
  const asked = { runtime: [] as AskedName[], optional: [], development: [] as AskedName[] };
  let group = '';
  for (const line of linesOf(file.text())) {
    const [first = '', second = ''] = line.trim().split(/\s+/, 2);
    if (first.toLowerCase() === 'group') group = second;
    const name = !isSolution ? first : first.toLowerCase() === 'nuget' ? second : '';
    if (!/^[A-Za-z]/.test(name) || (!isSolution && /^(?:group|file):?$/i.test(first))) continue;
    const list = isForBuilding(group) ? asked.development : asked.runtime;
    if (list.length < MAX_NAMES) list.push([name, '']);
  }
  return isSolution ? { ...asked, isWorkspace: true } : asked;
}
