import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  err,
  fileAccess,
  ok,
  openZip,
  type Result,
  writeStoredZip,
  type ZipArchive,
  type ZipSource,
} from '#foundation/index.ts';
import {
  type Manifest,
  parseManifest,
  readManifest,
  renderManifest,
  type ShardEntry,
  shardFileName,
  syncDirectory,
  writeManifest,
} from '../database/manifest.ts';
import { verifyShard } from '../database/verify-shard.ts';
import { lockForWriting } from '../database/writer-lock.ts';
import { advisorySource } from '../sources/index.ts';
import { fileChunks } from './file-chunks.ts';
import { prepareStaging, removeUnlisted } from './leftovers.ts';

const MANIFEST = 'manifest.json';
const LIMITS = {
  maxEntries: 10_000,
  maxDirectoryBytes: 4 * 1024 * 1024,
  maxEntryBytes: 1024 ** 3,
  maxTotalBytes: 4 * 1024 ** 3,
};
const FUTURE_MS = 24 * 60 * 60 * 1000;

export interface ExportOptions {
  /** Also shards whose licence restricts redistribution. Without it they are left out and named in the report. */
  readonly allowRestricted?: boolean;
}

export interface TransferReport {
  /** Titles of the feeds that were written or taken over. */
  readonly feeds: readonly string[];
  /** Feeds that were left out, each with the reason. */
  readonly leftOut: readonly string[];
  readonly bytes: number;
}

/**
 * Writes the database into one file for a machine without a network: a zip (nothing in it is compressed twice) of the
 * manifest and the shards, all under the manifest's SHA-256 digests. Replaces `file` when it is complete.
 */
export function exportDatabase(directory: string, file: string, options: ExportOptions = {}): Result<TransferReport> {
  const manifest = readManifest(directory);
  if (!manifest.ok) return manifest;
  const leftOut: string[] = [];
  const entries = manifest.value.filter((entry) => {
    const restricted = advisorySource(entry.source)?.feed(entry.feed)?.restricted;
    if (restricted === undefined || options.allowRestricted === true) return true;
    leftOut.push(`${entry.title}: ${restricted}`);
    return false;
  });
  if (entries.length === 0) return err(`there is nothing to export in ${directory}; run an update first`);
  const sources: ZipSource[] = [
    { name: MANIFEST, chunks: () => [Buffer.from(renderManifest(entries))] },
    ...entries.map((entry) => ({ name: entry.file, chunks: () => fileChunks(join(directory, entry.file)) })),
  ];
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  try {
    const written = writeStoredZip(temporary, sources);
    if (!written.ok) return written;
    renameSync(temporary, file);
    return ok({ feeds: entries.map((entry) => entry.title), leftOut, bytes: written.value.bytes });
  } catch (cause) {
    return err(`cannot export to ${file}: ${String(cause)}`);
  } finally {
    rmSync(temporary, { force: true });
  }
}

export interface ImportOptions {
  /** Also shards whose licence restricts use. */
  readonly allowRestricted?: boolean;
}

/**
 * Takes the shards of an exported file into the database. Every one is checked whole (digest, checksums, every line) before
 * any is used; one that fails refuses the file. Feeds that the file does not hold, or holds older, stay as they are.
 */
export function importDatabase(file: string, directory: string, options: ImportOptions = {}): Result<TransferReport> {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (cause) {
    return err(`cannot read ${file}: ${String(cause)}`);
  }
  try {
    const zip = openZip(fileAccess(descriptor, fstatSync(descriptor).size), LIMITS);
    if (!zip.ok) return err(`${file} is not an exported database: ${zip.error}`);
    const parts = readParts(zip.value);
    if (!parts.ok) return err(`${file} is refused: ${parts.error}`);
    return importParts(parts.value, directory, options, file);
  } catch (cause) {
    return err(`cannot import into ${directory}: ${String(cause)}`);
  } finally {
    closeSync(descriptor);
  }
}

type Parts = readonly { readonly entry: ShardEntry; readonly read: () => Result<Buffer> }[];

/** The manifest, and for each of its entries exactly one file of that name. */
function readParts(zip: ZipArchive): Result<Parts> {
  const files = new Map([...zip.entries()].map((entry) => [entry.name, entry]));
  if (files.size !== zip.entryCount) return err('it holds two files of one name');
  // Ours never are, and what is not compressed cannot be a bomb.
  if ([...files.values()].some((entry) => entry.bytes !== entry.compressedBytes))
    return err('it holds compressed files');
  const first = files.get(MANIFEST);
  const text = first === undefined ? err('it holds no manifest') : zip.read(first);
  if (!text.ok) return text;
  const manifest = parseManifest(text.value.toString('utf8'));
  if (!manifest.ok) return err(`it ${manifest.error}`);
  if (files.size !== manifest.value.length + 1) return err('it holds other files than its manifest names');
  if (new Set(manifest.value.map(feedKey)).size !== manifest.value.length)
    return err('it holds two shards of one feed');
  const parts: { entry: ShardEntry; read: () => Result<Buffer> }[] = [];
  for (const entry of manifest.value) {
    const shard = files.get(entry.file);
    const flaw = entryFlaw(entry);
    if (shard === undefined) return err(`${entry.file} is missing`);
    if (flaw !== undefined) return err(`${entry.file} ${flaw}`);
    parts.push({ entry, read: () => zip.read(shard) });
  }
  return ok(parts);
}

function entryFlaw(entry: ShardEntry): string | undefined {
  if (advisorySource(entry.source)?.feed(entry.feed) === undefined) {
    return `is of the source ${entry.source}, which this version of the program does not know`;
  }
  if (entry.file !== shardFileName(entry.source, entry.feed, entry.sha256)) return 'has a wrong name';
  // A date in the future would make it look newer than everything that comes after it.
  const latest = Math.max(Date.parse(entry.fetchedAt), Date.parse(entry.asOf));
  return latest > Date.now() + FUTURE_MS ? 'is dated in the future; is the clock right?' : undefined;
}

function importParts(parts: Parts, directory: string, options: ImportOptions, file: string): Result<TransferReport> {
  const lock = lockForWriting(directory);
  if (!lock.ok) return lock;
  const staging = join(directory, 'staging');
  try {
    const current = readManifest(directory);
    if (!current.ok) return current;
    prepareStaging(directory);
    const { wanted, leftOut } = choose(parts, current.value, options);
    for (const part of wanted) {
      const staged = stageShard(part, staging);
      if (!staged.ok) return err(`${file} is refused: ${staged.error}`);
    }
    const taken = wanted.map(({ entry }) => ownWords(entry));
    takeOver(taken, staging, directory, current.value);
    const bytes = taken.reduce((sum, entry) => sum + entry.bytes, 0);
    return ok({ feeds: taken.map((entry) => entry.title), leftOut, bytes });
  } finally {
    prepareStaging(directory);
    lock.value.release();
  }
}

function takeOver(taken: Manifest, staging: string, directory: string, current: Manifest): void {
  for (const { file } of taken) renameSync(join(staging, file), join(directory, file));
  syncDirectory(directory);
  const replaced = new Set(taken.map(feedKey));
  const manifest = [...current.filter((entry) => !replaced.has(feedKey(entry))), ...taken];
  writeManifest(directory, manifest);
  removeUnlisted(directory, manifest);
}

function choose(parts: Parts, current: Manifest, options: ImportOptions): { wanted: Parts; leftOut: string[] } {
  const known = new Map(current.map((entry) => [feedKey(entry), entry]));
  const leftOut: string[] = [];
  const wanted = parts.filter(({ entry }) => {
    const { title } = entry;
    const restricted = advisorySource(entry.source)?.feed(entry.feed)?.restricted;
    const here = known.get(feedKey(entry));
    if (restricted !== undefined && options.allowRestricted !== true) leftOut.push(`${title}: ${restricted}`);
    else if (here && Date.parse(here.fetchedAt) > Date.parse(entry.fetchedAt))
      leftOut.push(`${title}: what is here was fetched later`);
    else return true;
    return false;
  });
  return { wanted, leftOut };
}

function feedKey({ source, feed }: ShardEntry): string {
  return `${source}/${feed}`;
}

function stageShard({ entry, read }: Parts[number], staging: string): Result<undefined> {
  const content = read();
  if (!content.ok) return content;
  const digest = createHash('sha256').update(content.value).digest('hex');
  if (content.value.length !== entry.bytes || digest !== entry.sha256)
    return err(`${entry.file} does not match its digest`);
  const path = join(staging, entry.file);
  writeFileSync(path, content.value, { flush: true });
  return verifyShard(path, entry);
}

/** Names and licences are this program's own, whatever the file says they are. */
function ownWords(entry: ShardEntry): ShardEntry {
  const source = advisorySource(entry.source);
  const feed = source?.feed(entry.feed);
  if (source === undefined || feed === undefined) return entry;
  const { title, license, attribution, limits } = feed;
  return { ...entry, title, license, attribution, limits, kind: source.kind };
}
