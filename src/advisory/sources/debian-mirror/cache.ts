import { createHash, randomUUID } from 'node:crypto';
import { access, constants, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Problem } from '#foundation/index.ts';
import type { Validators } from './transport.ts';

interface CachedRelease {
  readonly body: Buffer;
  /** Milliseconds since 1970. */
  readonly fetchedAt: number;
  readonly validators: Validators;
}

/**
 * What is kept between runs. Every file is written beside its place and renamed into it, so several processes may share the
 * directory. It only saves work: what cannot be read back counts as not there, what cannot be written is said in `problems`.
 */
export interface Cache {
  /** For unfinished downloads: within the cache where that can be written, else the system's temporary directory. */
  readonly downloadDirectory: string;
  readonly problems: readonly Problem[];
  readRelease(key: string): Promise<CachedRelease | undefined>;
  writeRelease(key: string, release: CachedRelease): Promise<void>;
  /** The condensed form of an index, by the digest of the original. */
  readIndex(sha256: string): Promise<Buffer | undefined>;
  writeIndex(sha256: string, rows: Buffer): Promise<void>;
  /**
   * What a changelog said, as JSON. `origin` tells archives apart, and proven from unproven ones: what came from a mirror whose
   * signature did not verify must not be believed later because the same version is asked of a proven one.
   */
  readChangelog(origin: string, source: string, version: string): Promise<unknown>;
  writeChangelog(origin: string, source: string, version: string, value: unknown): Promise<void>;
}

const INDEX_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_NAME = 180;

export async function openCache(directory: string): Promise<Cache> {
  const root = join(directory, 'debian-mirror');
  const problems: Problem[] = [];
  const write = async (path: string, content: string | Buffer): Promise<void> => {
    try {
      await writeInPlace(path, content);
    } catch (error) {
      if (problems.length === 0) problems.push(unwritable(root, error));
    }
  };
  const releasePath = (key: string): string => join(root, 'releases', `${key}.json`);
  const indexPath = (sha256: string): string => join(root, 'indexes', `${sha256}.tsv`);
  const changelogPath = (origin: string, source: string, version: string): string =>
    join(root, 'changelogs', origin, `${fileName(`${source}_${version}`)}.json`);
  return {
    problems,
    downloadDirectory: (await isWritable(join(root, 'downloads'))) ? join(root, 'downloads') : tmpdir(),
    async readRelease(key) {
      return parseRelease(await readJson(releasePath(key)));
    },
    writeRelease(key, { body, fetchedAt, validators }) {
      return write(releasePath(key), JSON.stringify({ fetchedAt, validators, body: body.toString('base64') }));
    },
    readIndex: (sha256) => readAndTouch(indexPath(sha256)),
    async writeIndex(sha256, rows) {
      await write(indexPath(sha256), rows);
      await removeOldFiles(join(root, 'indexes'));
    },
    readChangelog: (origin, source, version) => readJson(changelogPath(origin, source, version)),
    writeChangelog(origin, source, version, value) {
      return write(changelogPath(origin, source, version), JSON.stringify(value));
    },
  };
}

function parseRelease(value: unknown): CachedRelease | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('fetchedAt' in value) || typeof value.fetchedAt !== 'number') return undefined;
  if (!('body' in value) || typeof value.body !== 'string') return undefined;
  const validators = 'validators' in value ? parseValidators(value.validators) : {};
  return { body: Buffer.from(value.body, 'base64'), fetchedAt: value.fetchedAt, validators };
}

function parseValidators(value: unknown): Validators {
  if (typeof value !== 'object' || value === null) return {};
  return {
    ...('etag' in value && typeof value.etag === 'string' && { etag: value.etag }),
    ...('lastModified' in value && typeof value.lastModified === 'string' && { lastModified: value.lastModified }),
  };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Marks the file as used, so that the clean-up spares it. */
async function readAndTouch(path: string): Promise<Buffer | undefined> {
  try {
    const bytes = await readFile(path);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > DAY_MS) await utimes(path, new Date(), new Date());
    return bytes;
  } catch {
    return undefined;
  }
}

async function removeOldFiles(directory: string): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    const path = join(directory, name);
    const info = await stat(path).catch(() => undefined);
    if (info && Date.now() - info.mtimeMs > INDEX_LIFETIME_MS) await rm(path, { force: true });
  }
}

function unwritable(root: string, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'cache-unwritable',
    message: `Nothing is kept for the next run, ${root} cannot be written: ${reason}`,
    effect: 'note',
  };
}

async function isWritable(directory: string): Promise<boolean> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A name that no file system refuses: long ones become their digest. */
function fileName(text: string): string {
  const encoded = encodeURIComponent(text);
  return encoded.length <= MAX_NAME ? encoded : createHash('sha256').update(text).digest('hex');
}

async function writeInPlace(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}
