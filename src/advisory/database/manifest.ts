import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Problem, type Result } from '#foundation/index.ts';
import {
  asDate,
  asLine,
  asObject,
  asObjects,
  asText,
  asTexts,
  type JsonObject,
  parseJson,
} from '../documents/json-values.ts';

/**
 * `manifest.json` says which shards make up the database. It is replaced whole and last, so a reader sees either the state
 * before an update or the state after it. Shard files are named by their content and never change.
 */
const MANIFEST_FORMAT = 1;
const MANIFEST_NAME = 'manifest.json';
const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;
const MAX_SHARDS = 10_000;

export interface ShardEntry {
  readonly source: string;
  readonly feed: string;
  /** File name beside the manifest. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly title: string;
  readonly license: string;
  readonly attribution: string;
  readonly limits: readonly string[];
  readonly kind: 'advisories' | 'enrichment';
  readonly ecosystems: readonly string[];
  readonly advisories: number;
  readonly statements: number;
  readonly asOf: string;
  readonly fetchedAt: string;
  /** Where the document came from, and what to send to be told that it has not changed. */
  readonly origin: string;
  readonly validator?: string;
  /** Version of the reader that built the shard: a better reader builds anew even when the document has not changed. */
  readonly builder: number;
  readonly problems: readonly Problem[];
}

export type Manifest = readonly ShardEntry[];

/** An absent manifest is an empty database. */
export function readManifest(directory: string): Result<Manifest> {
  let text: string;
  try {
    text = readFileSync(join(directory, MANIFEST_NAME), 'utf8');
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
    return missing ? ok([]) : err(`cannot read the database manifest in ${directory}: ${describe(cause)}`);
  }
  const manifest = parseManifest(text);
  return manifest.ok ? manifest : err(`the advisory database in ${directory} ${manifest.error}`);
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

export function parseManifest(text: string): Result<Manifest> {
  const outer = text.length > MAX_MANIFEST_BYTES ? undefined : asObject(parseJson(text));
  const format = outer?.['format'];
  if (typeof format === 'number' && format > MANIFEST_FORMAT) {
    return err(
      `was written by a newer version of this program (format ${format}, this one reads ${MANIFEST_FORMAT}): update the program, or build the database anew in another directory`,
    );
  }
  const list = outer?.['shards'];
  if (format !== MANIFEST_FORMAT || !Array.isArray(list) || outer?.['sha256'] !== digest(list)) {
    return err('is damaged (its manifest fails its own checksum): remove it, then update or import anew');
  }
  const entries = asObjects(list, MAX_SHARDS).map(parseEntry);
  const readable = entries.filter((entry) => entry !== undefined);
  return readable.length === list.length
    ? ok(readable)
    : err('is damaged (a manifest entry cannot be read): remove it, then update or import anew');
}

export function renderManifest(manifest: Manifest): string {
  const shards: unknown = JSON.parse(JSON.stringify(manifest));
  return `${JSON.stringify({ format: MANIFEST_FORMAT, sha256: digest(shards), shards }, undefined, 1)}\n`;
}

/** Against accidents, not against forgery: whoever can write the file can write the digest. */
function digest(shards: unknown): string {
  return createHash('sha256').update(JSON.stringify(shards)).digest('hex');
}

/** Written beside, synced, renamed: a crash leaves the old or the new manifest, never half of one. */
export function writeManifest(directory: string, manifest: Manifest): void {
  const path = join(directory, MANIFEST_NAME);
  const temporary = `${path}.${process.pid}.tmp`;
  const descriptor = openSync(temporary, 'w', 0o644);
  try {
    const bytes = Buffer.from(renderManifest(manifest));
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, path);
  syncDirectory(directory);
}

/** Makes renames durable; a platform that cannot open directories goes without. */
export function syncDirectory(directory: string): void {
  try {
    const descriptor = openSync(directory, 'r');
    fsyncSync(descriptor);
    closeSync(descriptor);
  } catch {
    // Nothing to be done, and the data is whole either way.
  }
}

/** Also keeps a hostile manifest from naming files elsewhere. */
const FILE_NAME = /^[a-z0-9][a-z0-9.-]{0,150}\.shard$/;

export function shardFileName(source: string, feed: string, sha256: string): string {
  return `${source}.${feed}.${sha256.slice(0, 16)}.shard`;
}

function parseEntry(entry: JsonObject): ShardEntry | undefined {
  const texts = textFields(entry);
  const { bytes, advisories, statements, builder, kind } = entry;
  if (texts === undefined || !FILE_NAME.test(texts.file) || !/^[0-9a-f]{64}$/.test(texts.sha256)) return undefined;
  if (kind !== 'advisories' && kind !== 'enrichment') return undefined;
  if (!isCount(bytes) || !isCount(advisories) || !isCount(statements) || !isCount(builder)) return undefined;
  const validator = asText(entry['validator']);
  return {
    ...texts,
    kind,
    bytes,
    advisories,
    statements,
    builder,
    limits: asTexts(entry['limits'], 100),
    ecosystems: asTexts(entry['ecosystems'], 100_000),
    ...(validator === undefined ? {} : { validator }),
    problems: asObjects(entry['problems'], 1000).flatMap((problem) => parseProblem(problem) ?? []),
  };
}

const TEXT_FIELDS = ['source', 'feed', 'file', 'sha256', 'title', 'license', 'attribution', 'origin'] as const;

/** On one line and without control characters: these are printed, and the file may come from elsewhere. */
function textFields(
  entry: JsonObject,
): Record<(typeof TEXT_FIELDS)[number] | 'asOf' | 'fetchedAt', string> | undefined {
  const [source, feed, file, sha256, title, license, attribution, origin] = TEXT_FIELDS.map((field) =>
    asLine(entry[field], 1000),
  );
  const asOf = asDate(entry['asOf']);
  const fetchedAt = asDate(entry['fetchedAt']);
  if (!source || !feed || !file || !sha256 || !title || !license || !attribution || !origin) return undefined;
  if (!asOf || !fetchedAt) return undefined;
  return { source, feed, file, sha256, title, license, attribution, origin, asOf, fetchedAt };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function parseProblem(problem: JsonObject): Problem | undefined {
  const code = asLine(problem['code'], 100);
  const message = asLine(problem['message'], 1000);
  const { effect, count } = problem;
  if (code === undefined || message === undefined) return undefined;
  if (effect !== 'incomplete' && effect !== 'degraded' && effect !== 'note') return undefined;
  const subject = asLine(problem['subject'], 300);
  return {
    code,
    message,
    effect,
    ...(subject === undefined ? {} : { subject }),
    ...(isCount(count) ? { count } : {}),
  };
}
