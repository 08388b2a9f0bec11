import { ok, type Result } from '#foundation/index.ts';
import { fetchIndex, type IndexContext } from '../index/fetch-index.ts';
import { type ChangelogFile, findRows } from '../index/source-row.ts';
import { type Offer, packagesIndex } from '../suite-lists.ts';
import type { FetchFailure } from '../transport.ts';
import { condense, type History, parseHistory } from './history.ts';
import { parseChangelog } from './parse.ts';
import { readChangelog } from './read-changelog.ts';

export interface HistoryContext extends IndexContext {
  readonly vendor: string;
  readonly architecture: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A changelog, or why it could not be read. */
export type HistoryOutcome =
  | { readonly kind: 'read'; readonly history: History; readonly version: string }
  | { readonly kind: 'missing'; readonly reason: string };

const RETRY_MISSING_MS = 6 * 60 * 60 * 1000;
/** What one changelog may cost. */
const FILES_TRIED = 10;
const BYTES_TRIED = 64 << 20;
const LINK_TARGET_BYTES = 8 << 20;

/**
 * The history of a source up to the newest of the offers whose changelog can be read; offers come newest first and are all
 * newer than what is installed. A version's changelog never changes, so it is kept for good; that there is none is
 * remembered for hours only.
 */
export async function fetchHistory(offers: readonly Offer[], context: HistoryContext): Promise<HistoryOutcome> {
  let reason = 'the mirror offers no file that holds it';
  for (const offer of offers) {
    const outcome = await fetchOne(offer, context);
    if (outcome.kind === 'read') return outcome;
    reason = outcome.reason;
  }
  return { kind: 'missing', reason };
}

async function fetchOne(offer: Offer, context: HistoryContext): Promise<HistoryOutcome> {
  const { source, version } = offer;
  const origin = offer.mirror.verified ? context.vendor : `${context.vendor}-unverified`;
  const cached = await context.cache.readChangelog(origin, source, version);
  const history = parseHistory(cached);
  if (history) return { kind: 'read', history, version };
  const known = parseMissing(cached);
  if (known && context.now - known.since < RETRY_MISSING_MS) return { kind: 'missing', reason: known.reason };
  const outcome = await fetchFromMirror(offer, context);
  if (outcome.kind === 'read') await context.cache.writeChangelog(origin, source, version, outcome.history);
  else if (!outcome.passing) {
    await context.cache.writeChangelog(origin, source, version, {
      missing: outcome.reason,
      since: context.now,
    });
  }
  return outcome;
}

/** `passing`: the network failed, so the next run should ask again. */
type Fetched =
  | Extract<HistoryOutcome, { kind: 'read' }>
  | { readonly kind: 'missing'; readonly reason: string; readonly passing: boolean };

async function fetchFromMirror(offer: Offer, context: HistoryContext): Promise<Fetched> {
  const own = offer.files.filter((file) => file.kind !== 'binary');
  const fromSource = await tryFiles(offer, own, context);
  if (fromSource.kind === 'read') return fromSource;
  const binaries = await binariesOf(offer, context);
  if (binaries.ok && binaries.value.length === 0) return fromSource;
  const fromBinary: Fetched = binaries.ok
    ? await tryFiles(offer, binaries.value, context)
    : { kind: 'missing', reason: binaries.error.message, passing: binaries.error.kind === 'unreachable' };
  if (fromBinary.kind === 'read') return fromBinary;
  return { ...fromBinary, passing: fromBinary.passing || fromSource.passing };
}

/** The binary packages that were built from this version, smallest first. */
async function binariesOf(
  offer: Offer,
  context: HistoryContext,
): Promise<Result<readonly ChangelogFile[], FetchFailure>> {
  const listed = offer.files.filter((file) => file.kind === 'binary');
  if (listed.length > 0) return ok(listed);
  const index = await fetchIndex(offer.mirror, offer.component, packagesIndex(context.architecture), context);
  if (!index.ok) return index;
  const rows = index.value === undefined ? [] : findRows(index.value, new Set([offer.source]));
  return ok(rows.filter((row) => row.version === offer.version).flatMap((row) => row.files));
}

/** Tries files until one has the changelog; a package that shares another's documentation brings that one forward. */
async function tryFiles(offer: Offer, files: readonly ChangelogFile[], context: HistoryContext): Promise<Fetched> {
  const queue = [...files];
  let reason = `${offer.source} ${offer.version} has no file that holds its changelog`;
  let passing = false;
  let bytesLeft = BYTES_TRIED;
  for (let tries = 0; tries < FILES_TRIED; tries += 1) {
    const file = queue.shift();
    if (file === undefined) break;
    if (file.size > bytesLeft) continue;
    bytesLeft -= file.size;
    const bytes = await context.transport.readVerified(`${offer.mirror.base}/${encodePath(file.path)}`, file);
    if (!bytes.ok) {
      reason = bytes.error.message;
      passing ||= bytes.error.kind === 'unreachable';
      continue;
    }
    const text = await readChangelog(file, bytes.value);
    if (text.ok) {
      const history = condense(parseChangelog(text.value), offer.source, file.kind === 'binary' ? 'binary' : 'source');
      if (history.entries.length > 0) return { kind: 'read', history, version: offer.version };
      reason = `${file.path}: its changelog has no entry for ${offer.source}`;
    } else {
      reason = text.error.reason;
      bringForward(queue, text.error.linkTo);
    }
  }
  return { kind: 'missing', reason, passing };
}

/** Not when it is large: then a smaller package with a directory of its own may still come. */
function bringForward(queue: ChangelogFile[], name: string | undefined): void {
  const index = queue.findIndex((file) => file.package === name && file.size <= LINK_TARGET_BYTES);
  if (index > 0) queue.unshift(...queue.splice(index, 1));
}

/** `+` and `~` stay as they are in pool names; mirrors are plain file trees and some do not decode. */
function encodePath(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%2B', '+').replaceAll('%3A', ':'))
    .join('/');
}

function parseMissing(value: unknown): { reason: string; since: number } | undefined {
  if (typeof value !== 'object' || value === null || !('missing' in value) || !('since' in value)) return undefined;
  const { missing, since } = value;
  return typeof missing === 'string' && typeof since === 'number' ? { reason: missing, since } : undefined;
}
