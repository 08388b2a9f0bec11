import { crc32 } from 'node:zlib';
import { type Problem, ProblemLog } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { berkeleyDbHeaders, isBerkeleyDb } from './berkeley-db.ts';
import { parseHeader, type RpmRecord } from './header.ts';
import { isNdb, ndbHeaders } from './ndb.ts';
import { type Item, readAt } from './reading.ts';
import { findTable, isSqlite, type PageSource, pagesOfFile, walkTable } from './sqlite.ts';
import { firstBlob, type Row } from './sqlite-record.ts';

export interface RpmDatabase {
  readonly records: RpmRecord[];
  /** SQLite only: number and checksum of the pages that decide which packages there are, to compare with a write-ahead log. */
  readonly pages?: readonly PageSum[];
  readonly problems: Problem[];
}

export type PageSum = readonly [number: number, crc: number];

const MAX_PACKAGES = 100_000;
/** Characters of paths a database may give; 3,000 packages of a full desktop have some 50 million. */
const MAX_PATH_CHARACTERS = 128 * 1024 * 1024;

/** Reads a package database in whichever of rpm's three forms it is, told by its first bytes. */
export function readDatabase(file: InputFile): RpmDatabase {
  const start = readAt(file, 0, 512);
  if (isSqlite(start)) {
    const source = pagesOfFile(file);
    return source.ok ? readPages(source.value, file.path) : unreadable(file.path, source.error);
  }
  if (isBerkeleyDb(start)) return collect(berkeleyDbHeaders(file), file.path);
  if (isNdb(start)) return collect(ndbHeaders(file), file.path);
  return unreadable(file.path, file.size === 0 ? 'it is empty' : 'it is in none of the forms that rpm writes');
}

/** Reads the `Packages` table of an SQLite database. */
export function readPages(source: PageSource, path: string): RpmDatabase {
  const root = findTable(source, 'Packages');
  if (root === undefined) return unreadable(path, 'it has no table of packages');
  const pages: PageSum[] = [];
  const database = collect(tableHeaders(source, root, pages), path);
  return { ...database, pages };
}

function* tableHeaders(source: PageSource, root: number, pages: PageSum[]): Generator<Item> {
  for (const item of walkTable(source, root)) {
    if (item.kind === 'page') pages.push([item.number, crc32(item.bytes)]);
    else if (item.kind === 'broken') yield { broken: item.message };
    else yield rowHeader(item.row);
  }
}

function rowHeader(row: Row): Item {
  const blob = firstBlob(row);
  return blob ? { blob } : { broken: 'a record of the database holds no package header' };
}

function collect(items: Iterable<Item>, path: string): RpmDatabase {
  const records: RpmRecord[] = [];
  const problems = new ProblemLog();
  let pathBudget = MAX_PATH_CHARACTERS;
  for (const item of items) {
    const header = 'blob' in item ? parseHeader(item.blob, pathBudget) : { ok: false as const, error: item.broken };
    if (!header.ok) {
      problems.add(brokenRecord(path, header.error));
      continue;
    }
    if (records.length >= MAX_PACKAGES) {
      problems.add(brokenRecord(path, `it has more than ${MAX_PACKAGES}, the rest was not read`));
      break;
    }
    const { record, filesUnreadable } = header.value;
    records.push(record);
    pathBudget -= record.files?.length ?? 0;
    if (filesUnreadable) problems.add(brokenFiles(path, record.name));
  }
  if (records.length === 0 && problems.list().length === 0) problems.add(emptyDatabase(path));
  return { records, problems: problems.list() };
}

function unreadable(path: string, reason: string): RpmDatabase {
  const message = `The rpm database cannot be read: ${reason}; its packages are not known.`;
  return { records: [], problems: [{ code: 'rpm-database-unreadable', message, effect: 'incomplete', subject: path }] };
}

function brokenRecord(path: string, reason: string): Problem {
  const message = `Packages of the rpm database may be missing: ${reason}.`;
  return { code: 'rpm-record-unreadable', message, effect: 'incomplete', subject: path };
}

function brokenFiles(path: string, name: string): Problem {
  const message = 'The list of files of an rpm package could not be read; which files it owns is not known.';
  return { code: 'rpm-files-unreadable', message, effect: 'degraded', subject: `${path}: ${name}` };
}

function emptyDatabase(path: string): Problem {
  return { code: 'rpm-database-empty', message: 'The rpm database holds no package.', effect: 'note', subject: path };
}
