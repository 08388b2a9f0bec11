import { err, ok, type Result } from '#foundation/index.ts';
import type { PathList } from '#model/index.ts';
import { optional } from '../../optional.ts';
import { readPaths, type TagEntry } from './paths.ts';

/** One header of an rpm database, `gpg-pubkey` pseudo packages included. */
export type RpmRecord = {
  readonly name: string;
  /** Absent when the package has none; 0 when it says 0. */
  readonly epoch?: number;
  readonly version: string;
  readonly release: string;
  readonly architecture?: string;
  readonly licence?: string;
  readonly vendor?: string;
  readonly packager?: string;
  readonly modularity?: string;
  /** File name of the source package: `bash-5.1.8-6.el9.src.rpm`. */
  readonly sourceRpm?: string;
  readonly files?: PathList;
};

export interface RpmHeader {
  readonly record: RpmRecord;
  /** The header names files, but their paths could not be put together. */
  readonly filesUnreadable: boolean;
}

const Tag = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  vendor: 1011,
  licence: 1014,
  packager: 1015,
  architecture: 1022,
  oldFileNames: 1027,
  fileStates: 1029,
  fileModes: 1030,
  sourceRpm: 1044,
  directoryIndexes: 1116,
  baseNames: 1117,
  directoryNames: 1118,
  modularity: 5096,
} as const;

const WANTED = new Set<number>(Object.values(Tag));
const TYPE_INT32 = 4;
const TYPE_STRING = 6;
const TYPE_I18N = 9;
/** As rpm itself limits the index. */
const MAX_ENTRIES = 65_535;
const MAX_TEXT = 65_536;

/**
 * Reads a header as the databases store it: number of index entries and of data bytes, the index, the data; all big endian
 * (https://rpm-software-management.github.io/rpm/manual/format_header.html).
 *
 * @param pathBudget how many characters of paths may still be made; see `readPaths`.
 */
export function parseHeader(blob: Buffer, pathBudget: number): Result<RpmHeader> {
  const index = readIndex(blob);
  if (!index.ok) return index;
  const tags = index.value;
  const text = (tag: number): string | undefined => readText(blob, tags.get(tag));
  const name = text(Tag.name);
  const version = text(Tag.version);
  const release = text(Tag.release);
  if (!name || !version || !release) return err('it has no name, version or release');
  const epoch = readInteger(blob, tags.get(Tag.epoch));
  const files = readPaths(blob, pathTags(tags), pathBudget);
  const record: RpmRecord = {
    name,
    version,
    release,
    ...(epoch === undefined ? {} : { epoch }),
    ...optional('architecture', text(Tag.architecture)),
    ...optional('licence', text(Tag.licence)),
    ...optional('vendor', text(Tag.vendor)),
    ...optional('packager', text(Tag.packager)),
    ...optional('modularity', text(Tag.modularity)),
    ...optional('sourceRpm', text(Tag.sourceRpm)),
    ...(files.ok && files.value !== undefined ? { files: files.value } : {}),
  };
  return ok({ record, filesUnreadable: !files.ok });
}

function readIndex(blob: Buffer): Result<Map<number, TagEntry>> {
  if (blob.length < 8) return err('it is shorter than a header');
  const entries = blob.readUInt32BE(0);
  const dataLength = blob.readUInt32BE(4);
  if (entries === 0 || entries > MAX_ENTRIES) return err('its number of index entries is out of range');
  const data = 8 + entries * 16;
  const end = data + dataLength;
  if (end > blob.length) return err('it is cut short');
  const tags = new Map<number, TagEntry>();
  for (let at = 8; at < data; at += 16) {
    const tag = blob.readUInt32BE(at);
    if (!WANTED.has(tag) || tags.has(tag)) continue;
    const offset = data + blob.readUInt32BE(at + 8);
    const count = blob.readUInt32BE(at + 12);
    if (offset >= end || count === 0 || count > dataLength) return err('an index entry points outside its data');
    tags.set(tag, { type: blob.readUInt32BE(at + 4), offset, count });
  }
  return ok(tags);
}

function pathTags(tags: ReadonlyMap<number, TagEntry>) {
  return {
    baseNames: tags.get(Tag.baseNames),
    directoryNames: tags.get(Tag.directoryNames),
    directoryIndexes: tags.get(Tag.directoryIndexes),
    oldFileNames: tags.get(Tag.oldFileNames),
    modes: tags.get(Tag.fileModes),
    states: tags.get(Tag.fileStates),
  };
}

/** A string, or the first (untranslated) of an array of strings. */
function readText(blob: Buffer, entry: TagEntry | undefined): string | undefined {
  if (entry === undefined || entry.type < TYPE_STRING || entry.type > TYPE_I18N || entry.type === 7) return undefined;
  const start = blob.subarray(entry.offset, entry.offset + MAX_TEXT);
  const end = start.indexOf(0);
  if (end === -1) return undefined;
  const text = start.toString('utf8', 0, end).trim();
  return text === '' || text === '(none)' ? undefined : text;
}

function readInteger(blob: Buffer, entry: TagEntry | undefined): number | undefined {
  if (entry === undefined || entry.type !== TYPE_INT32 || entry.offset + 4 > blob.length) return undefined;
  return blob.readUInt32BE(entry.offset);
}
