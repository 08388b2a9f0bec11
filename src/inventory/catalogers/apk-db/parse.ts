import type { Problem } from '#foundation/index.ts';
import { type PathList, pathList } from '#model/index.ts';
import { linesOf } from '../lines.ts';
import { ProblemTally } from '../tally.ts';

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

/** The record being read: single-letter fields, and paths put together from `F:` (directory) and `R:` (file in it). */
interface Draft {
  readonly fields: Map<string, string>;
  directory: string;
  readonly files: string[];
  empty: boolean;
}

const WANTED = new Set(['P', 'V', 'A', 'L', 'o', 'm']);
const MAX_FIELD = 4096;

/**
 * Reads apk's `installed`: `letter:value` lines, a blank line between packages
 * (https://wiki.alpinelinux.org/wiki/Apk_spec). A record without name or version is a problem; the next is read all the same.
 */
export function parseInstalled(text: string, path: string): ApkDatabase {
  const records: ApkRecord[] = [];
  const problems = new ProblemTally();
  let draft = emptyDraft();
  const flush = (): void => {
    if (!draft.empty) {
      const record = toRecord(draft);
      if (record) records.push(record);
      else problems.add(unusableRecord(path, draft.fields.get('P') ?? ''));
    }
    draft = emptyDraft();
  };
  for (const line of linesOf(text)) {
    if (line === '') {
      flush();
    } else if (line.charCodeAt(1) !== 58) {
      problems.add(unreadableLine(path));
    } else if (line.charCodeAt(0) === 80 && draft.fields.has('P')) {
      // A lost blank line must not swallow the next package. `C:` comes before `P:` and is not used.
      problems.add(unreadableLine(path));
      flush();
      takeLine(draft, line);
    } else {
      takeLine(draft, line);
    }
  }
  flush();
  return { records, problems: problems.list() };
}

function emptyDraft(): Draft {
  return { fields: new Map(), directory: '', files: [], empty: true };
}

function takeLine(draft: Draft, line: string): void {
  const letter = line.charAt(0);
  const value = line.slice(2);
  draft.empty = false;
  if (letter === 'F') draft.directory = value;
  else if (letter === 'R') draft.files.push(draft.directory === '' ? value : `${draft.directory}/${value}`);
  else if (WANTED.has(letter)) draft.fields.set(letter, value.slice(0, MAX_FIELD).trim());
}

function toRecord({ fields, files }: Draft): ApkRecord | undefined {
  const name = fields.get('P') ?? '';
  const version = fields.get('V') ?? '';
  if (name === '' || version === '') return undefined;
  return {
    name,
    version,
    ...optional('architecture', fields.get('A')),
    ...optional('origin', fields.get('o')),
    ...optional('licence', fields.get('L')),
    ...optional('maintainer', fields.get('m')),
    ...(files.length > 0 ? { files: pathList(files) } : {}),
  };
}

function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return value ? ({ [key]: value } as { [P in K]?: string }) : {};
}

function unreadableLine(path: string): Problem {
  return {
    code: 'apk-line-unreadable',
    message: 'a line of the apk database could not be read; the package it belongs to may be incomplete',
    effect: 'degraded',
    subject: path,
  };
}

function unusableRecord(path: string, name: string): Problem {
  return {
    code: 'apk-record-unusable',
    message: 'a package record of the apk database has no name or no version and was left out',
    effect: 'incomplete',
    subject: name === '' ? path : `${path}: ${name}`,
  };
}
