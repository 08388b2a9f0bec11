import { linesOf } from '#foundation/documents/index.ts';
import { type Problem, ProblemLog } from '#foundation/index.ts';
import { type PathList, pathList } from '#model/index.ts';
import { optional } from '../../optional.ts';

export type ApkRecord = {
  readonly name: string;
  readonly version: string;
  readonly architecture?: string;
  readonly origin?: string;
  readonly licence?: string;
  readonly maintainer?: string;
  readonly files?: PathList;
};

export interface ApkDatabase {
  readonly records: ApkRecord[];
  readonly problems: Problem[];
}

const WANTED = new Set(['P', 'V', 'A', 'L', 'o', 'm']);
const COLON = 58;
const MAX_FIELD = 4096;
const MAX_RECORDS = 200_000;
const MAX_PATH = 4096;
/** Lines of one package. The largest packages have some 20,000 files. */
const MAX_LINES = 1_000_000;
/** Characters of paths a database may give. File names of one letter in a directory of thousands would make gigabytes of 64 MiB. */
const MAX_PATH_CHARACTERS = 128 * 1024 * 1024;

/**
 * Reads apk's `installed`: `letter:value` lines, a blank line between packages
 * (https://wiki.alpinelinux.org/wiki/Apk_spec). A record without name or version is a problem; the next is read all the same.
 */
export function parseInstalled(text: string, path: string): ApkDatabase {
  const records: ApkRecord[] = [];
  const problems = new ProblemLog();
  let pathCharacters = MAX_PATH_CHARACTERS;
  for (const lines of stanzas(text, path, problems)) {
    const record = toRecord(lines, pathCharacters);
    if (record === undefined) {
      problems.add(unusableRecord(path, fieldOf(lines, 'P') ?? ''));
      continue;
    }
    if (records.length >= MAX_RECORDS) {
      problems.add(tooManyRecords(path));
      break;
    }
    if (record.files === undefined && lines.some(isFileName)) problems.add(unreadableFiles(path, record.name));
    pathCharacters -= record.files?.length ?? 0;
    records.push(record);
  }
  return { records, problems: problems.list() };
}

/** Lines of one package each. A lost blank line must not swallow the next package: a second `P:` begins one, too. */
function* stanzas(text: string, path: string, problems: ProblemLog): Generator<string[]> {
  let lines: string[] = [];
  let named = false;
  for (const line of linesOf(text)) {
    const lost = named && line.startsWith('P:');
    if (lost || (line !== '' && line.charCodeAt(1) !== COLON)) problems.add(unreadableLine(path));
    if (lost || line === '') {
      if (lines.length > 0) yield lines;
      lines = [];
      named = false;
    }
    if (line.charCodeAt(1) !== COLON) continue;
    if (lines.length < MAX_LINES) lines.push(line);
    else problems.add(unreadableLine(path));
    named ||= line.startsWith('P:');
  }
  if (lines.length > 0) yield lines;
}

function toRecord(lines: readonly string[], pathCharacters: number): ApkRecord | undefined {
  const fields = new Map<string, string>();
  for (const line of lines) {
    const letter = line.charAt(0);
    if (WANTED.has(letter)) fields.set(letter, line.slice(2, 2 + MAX_FIELD).trim());
  }
  const name = fields.get('P') ?? '';
  const version = fields.get('V') ?? '';
  if (name === '' || version === '') return undefined;
  const files = filesOf(lines, pathCharacters);
  return {
    name,
    version,
    ...optional('architecture', fields.get('A')),
    ...optional('origin', fields.get('o')),
    ...optional('licence', fields.get('L')),
    ...optional('maintainer', fields.get('m')),
    ...(files === undefined ? {} : { files }),
  };
}

/** Paths of `R:` (a file) in the directory of the last `F:`; undefined when there are none or they are impossibly many. */
function filesOf(lines: readonly string[], pathCharacters: number): PathList | undefined {
  const paths: string[] = [];
  let directory = '';
  let left = pathCharacters;
  for (const line of lines) {
    if (line.startsWith('F:')) directory = line.length > 2 ? `${line.slice(2)}/` : '';
    if (!isFileName(line)) continue;
    const length = directory.length + line.length - 2;
    left -= length;
    if (length > MAX_PATH || left < 0) return undefined;
    paths.push(directory + line.slice(2));
  }
  return paths.length > 0 ? pathList(paths) : undefined;
}

function isFileName(line: string): boolean {
  return line.startsWith('R:');
}

function fieldOf(lines: readonly string[], letter: string): string | undefined {
  return lines.find((line) => line.startsWith(`${letter}:`))?.slice(2, 2 + MAX_FIELD);
}

function unreadableLine(path: string): Problem {
  return {
    code: 'apk-line-unreadable',
    message: 'A line of the apk database could not be read; the package it belongs to may be incomplete.',
    effect: 'degraded',
    subject: path,
  };
}

function unreadableFiles(path: string, name: string): Problem {
  const message = 'The list of files of an apk package could not be read; which files it owns is not known.';
  return { code: 'apk-files-unreadable', message, effect: 'degraded', subject: `${path}: ${name}` };
}

function tooManyRecords(path: string): Problem {
  const message = `The apk database has more than ${MAX_RECORDS} packages; the rest of it was not read.`;
  return { code: 'apk-too-many-records', message, effect: 'incomplete', subject: path };
}

function unusableRecord(path: string, name: string): Problem {
  return {
    code: 'apk-record-unusable',
    message: 'A package record of the apk database has no name or no version and was left out.',
    effect: 'incomplete',
    subject: name === '' ? path : `${path}: ${name}`,
  };
}
