import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { err, ok, type Result } from '#foundation/index.ts';
import { asObject, asText, parseJson } from '../documents/json-values.ts';

const LOCK_NAME = 'update.lock';
const HEARTBEAT_MS = 10_000;
/** A writer that has not been heard of for so long is taken for dead, wherever it ran. */
const SILENCE_MS = 10 * 60_000;

export interface WriterLock {
  release(): void;
}

/** One writer at a time; readers never lock. The owner is named in the file, and a dead owner's lock is taken over. */
export function lockForWriting(directory: string): Result<WriterLock> {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, LOCK_NAME);
  for (let tries = 0; tries < 3; tries += 1) {
    if (create(path)) return ok(hold(path));
    const owner = readOwner(path);
    if (owner !== undefined && isAlive(owner)) {
      return err(
        `another process (${owner.pid} on ${owner.host.split('/')[0]}) is updating the database in ${directory}; wait for it, or remove ${path} if it is gone`,
      );
    }
    takeAway(path, owner?.text);
  }
  return err(`could not lock the database in ${directory}; remove ${path} if no other process is updating it`);
}

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly heardMs: number;
  readonly text: string;
}

/** A process id means something on one boot of one machine in one namespace: two containers can share the directory. */
function thisHost(): string {
  return [
    hostname(),
    kernelFact(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    kernelFact(() => readlinkSync('/proc/self/ns/pid')),
  ].join('/');
}

function kernelFact(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

function create(path: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'wx', 0o644);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw cause;
  }
  writeSync(descriptor, JSON.stringify({ pid: process.pid, host: thisHost(), since: new Date().toISOString() }));
  closeSync(descriptor);
  return true;
}

function readOwner(path: string): Owner | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    const owner = asObject(parseJson(text));
    const pid = Number(owner?.['pid']);
    return { pid, host: asText(owner?.['host']) ?? '', heardMs: statSync(path).mtimeMs, text };
  } catch {
    return undefined;
  }
}

function isAlive(owner: Owner): boolean {
  if (Date.now() - owner.heardMs > SILENCE_MS) return false;
  if (owner.host !== thisHost() || !Number.isSafeInteger(owner.pid) || owner.pid <= 0) return true;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}

/** Of several that judge the lock dead only one may remove it, and never the new lock of the one that was faster. */
function takeAway(path: string, judged: string | undefined): void {
  const aside = `${path}.${process.pid}.dead`;
  try {
    renameSync(path, aside);
    if (judged !== undefined && readFileSync(aside, 'utf8') !== judged) linkSync(aside, path);
  } catch {
    // Someone else was faster; the next try finds out who.
  }
  rmSync(aside, { force: true });
}

function hold(path: string): WriterLock {
  const heartbeat = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // The lock was removed by hand; the update goes on, as the person who removed it was told.
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    release() {
      clearInterval(heartbeat);
      if (readOwner(path)?.pid === process.pid) rmSync(path, { force: true });
    },
  };
}
