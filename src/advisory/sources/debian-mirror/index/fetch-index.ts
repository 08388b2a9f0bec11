import { setImmediate as nextTurn } from 'node:timers/promises';
import { DamagedInput, err, ok, type Result } from '#foundation/index.ts';
import type { Cache } from '../cache.ts';
import type { MirrorSuite } from '../release/fetch-release.ts';
import type { FetchFailure, FileFacts, Transport } from '../transport.ts';
import { unpack } from '../unpack.ts';
import { createPackagesParser } from './packages.ts';
import { createSourcesParser, type IndexParser } from './sources.ts';

export interface IndexContext {
  readonly transport: Transport;
  readonly cache: Cache;
  readonly signal: AbortSignal;
  /** Indexes on their way, by digest: several sources may ask for the same one at once. Starts empty. */
  readonly underway: Map<string, Promise<Result<Buffer, FetchFailure>>>;
}

/** `source/Sources` or `binary-amd64/Packages`. */
export type IndexName = 'source/Sources' | `binary-${string}/Packages`;

const MAX_INDEX_BYTES = 512 << 20;
/** So much is unpacked before others get their turn. */
const TURN_BYTES = 2 << 20;
/** Forms that can be read; archives keep them side by side. */
const ENDINGS = ['', '.gz', '.xz'] as const;
const EMPTY_FILE_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * The condensed index of one component (see `source-row.ts`). `ok(undefined)`: the suite has no such index or an empty one.
 * An index is known by its digest, so one that was read before costs no request.
 */
export async function fetchIndex(
  mirror: MirrorSuite,
  component: string,
  name: IndexName,
  context: IndexContext,
): Promise<Result<Buffer | undefined, FetchFailure>> {
  const path = `${component}/${name}`;
  const choices = candidates(mirror, path);
  const empty = mirror.release.files.get(path)?.sha256 === EMPTY_FILE_SHA256;
  if (choices.length === 0 || empty) return ok(undefined);
  for (const choice of choices) {
    const cached = await context.cache.readIndex(choice.sha256);
    if (cached !== undefined) return ok(cached);
  }
  const key = choices[0]?.sha256 ?? '';
  const underway = context.underway.get(key) ?? fetchFirst(mirror, choices, name, context);
  context.underway.set(key, underway);
  return underway.finally(() => context.underway.delete(key));
}

async function fetchFirst(
  mirror: MirrorSuite,
  choices: readonly IndexFile[],
  name: IndexName,
  context: IndexContext,
): Promise<Result<Buffer, FetchFailure>> {
  let failure: FetchFailure = { kind: 'absent', message: `${name} is not served` };
  for (const [index, choice] of choices.entries()) {
    const fetched = await fetchFile(mirror, choice, context);
    if (fetched.ok) return condense(fetched.value, choice, name, context);
    if (index === 0) failure = fetched.error;
  }
  return err(failure);
}

interface IndexFile extends FileFacts {
  readonly path: string;
}

/** The forms of an index that can be read, smallest first. */
function candidates(mirror: MirrorSuite, path: string): IndexFile[] {
  const files: IndexFile[] = [];
  for (const ending of ENDINGS) {
    const facts = mirror.release.files.get(path + ending);
    if (facts) files.push({ path: path + ending, ...facts });
  }
  return files.sort((a, b) => a.size - b.size);
}

/** By its digest where the archive offers that, which holds even while the mirror is being updated; then by its name. */
async function fetchFile(
  mirror: MirrorSuite,
  file: IndexFile,
  { transport }: IndexContext,
): Promise<Result<Buffer, FetchFailure>> {
  const directory = `${mirror.base}/dists/${mirror.suite.name}`;
  const byName = `${directory}/${file.path}`;
  if (!mirror.release.byHash) return transport.readVerified(byName, file);
  const parent = file.path.slice(0, file.path.lastIndexOf('/'));
  const byHash = await transport.readVerified(`${directory}/${parent}/by-hash/SHA256/${file.sha256}`, file);
  return byHash.ok ? byHash : transport.readVerified(byName, file);
}

async function condense(
  bytes: Buffer,
  file: IndexFile,
  name: IndexName,
  { cache, signal }: IndexContext,
): Promise<Result<Buffer, FetchFailure>> {
  const parser = name === 'source/Sources' ? createSourcesParser() : createPackagesParser();
  try {
    await parseUnpacked(bytes, parser, signal);
  } catch (error) {
    if (!(error instanceof DamagedInput)) throw error;
    return err({ kind: 'wrong', message: `${file.path}: ${error.message}` });
  }
  const rows = parser.finish();
  await cache.writeIndex(file.sha256, rows);
  return ok(rows);
}

async function parseUnpacked(bytes: Buffer, parser: IndexParser, signal: AbortSignal): Promise<void> {
  const stream = unpack(bytes, MAX_INDEX_BYTES);
  let sinceTurn = 0;
  try {
    for (let chunk = await stream.read(); chunk !== undefined; chunk = await stream.read()) {
      parser.push(chunk);
      sinceTurn += chunk.length;
      if (sinceTurn < TURN_BYTES) continue;
      sinceTurn = 0;
      await nextTurn();
      signal.throwIfAborted();
    }
  } finally {
    stream.close();
  }
}
