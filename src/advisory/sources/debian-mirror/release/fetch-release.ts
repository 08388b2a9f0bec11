import { createHash } from 'node:crypto';
import type { Problem } from '#foundation/index.ts';
import type { AptConfiguration } from '../apt/configuration.ts';
import type { ArchiveRelease, Suite } from '../archive-release.ts';
import type { Cache } from '../cache.ts';
import type { MirrorPlace } from '../mirror-location.ts';
import { shown, type Transport } from '../transport.ts';
import { splitClearSigned } from './clear-signed.ts';
import { trustedKeys } from './keyrings.ts';
import { parseReleaseFile, type ReleaseFile } from './release-file.ts';
import { type SignatureOutcome, verifySignature } from './signature.ts';

/** A suite of a mirror, found and read. */
export interface MirrorSuite {
  readonly suite: Suite;
  readonly base: string;
  readonly release: ReleaseFile;
  /** The release file, and with it every digest in it, is signed by a trusted key. */
  readonly verified: boolean;
  /** When the mirror was last heard, milliseconds since 1970. */
  readonly fetchedAt: number;
}

export interface ReleaseContext {
  readonly release: ArchiveRelease;
  readonly apt: AptConfiguration;
  readonly transport: Transport;
  readonly cache: Cache;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const FRESH_MS = 60 * 60 * 1000;
const MAX_RELEASE_BYTES = 16 << 20;

/**
 * Asks the places in order for the suite's InRelease. Within the hour the place that had it answers from the cache, without
 * a request to it or to the places before it.
 */
export async function fetchRelease(
  suite: Suite,
  places: readonly MirrorPlace[],
  context: ReleaseContext,
): Promise<{ found: MirrorSuite | undefined; problems: Problem[] }> {
  const rejected: Problem[] = [];
  for (const read of [readFresh, readDocument]) {
    for (const place of places) {
      const document = await read(`${place.base}/dists/${suite.name}/InRelease`, context);
      if (document === undefined) continue;
      if (!document.ok) {
        rejected.push(document.problem);
        continue;
      }
      const { read: known, problems } = await interpret(document, suite, place, context);
      if (known !== undefined) {
        const found = { suite, base: place.base, ...known, fetchedAt: document.fetchedAt };
        return { found, problems: [...document.problems, ...problems] };
      }
      rejected.push(...problems);
    }
  }
  return { found: undefined, problems: [notFound(suite, places, rejected)] };
}

function notFound(suite: Suite, places: readonly MirrorPlace[], rejected: readonly Problem[]): Problem {
  const reasons = [...new Set(rejected.map((problem) => problem.message))].slice(0, 3).join('; ');
  const asked = places
    .map((place) => shown(place.base))
    .slice(0, 4)
    .join(', ');
  return {
    code: 'mirror-suite-missing',
    message:
      `The suite ${suite.name} was not found on the mirror (asked: ${asked || 'nobody, no mirror is configured'}). ${reasons}`.trim(),
    effect: 'incomplete',
    subject: suite.name,
  };
}

type ReadDocument =
  | { readonly ok: true; readonly body: Buffer; readonly fetchedAt: number; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problem: Problem };

function cacheKey(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 32);
}

async function readFresh(url: string, { cache, now }: ReleaseContext): Promise<ReadDocument | undefined> {
  const kept = await cache.readRelease(cacheKey(url));
  const isFresh = kept !== undefined && now - kept.fetchedAt < FRESH_MS && now >= kept.fetchedAt;
  return isFresh ? { ok: true, ...kept, problems: [] } : undefined;
}

async function readDocument(url: string, { cache, transport, now }: ReleaseContext): Promise<ReadDocument> {
  const key = cacheKey(url);
  const kept = await cache.readRelease(key);
  const answer = await transport.read(url, MAX_RELEASE_BYTES, kept?.validators);
  if (answer.ok && answer.value !== 'unchanged') {
    const { body, etag, lastModified } = answer.value;
    const validators = { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) };
    await cache.writeRelease(key, { body, fetchedAt: now, validators });
    return { ok: true, body, fetchedAt: now, problems: [] };
  }
  if (answer.ok && kept !== undefined) {
    await cache.writeRelease(key, { ...kept, fetchedAt: now });
    return { ok: true, body: kept.body, fetchedAt: now, problems: [] };
  }
  const message = answer.ok ? `unexpected answer for ${shown(url)}` : answer.error.message;
  if (kept !== undefined && !answer.ok && answer.error.kind === 'unreachable') {
    const problem: Problem = {
      code: 'mirror-offline',
      message: `The mirror could not be reached (${message}); the lists that were fetched at ${minute(kept.fetchedAt)} are used.`,
      effect: 'degraded',
      subject: shown(url),
    };
    return { ok: true, ...kept, problems: [problem] };
  }
  return { ok: false, problem: { code: 'mirror-release-missing', message, effect: 'incomplete', subject: shown(url) } };
}

/** `2026-11-24 09:23 UTC` */
function minute(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Verifies, parses and checks that it is the suite that was asked for: a mirror could serve another, signed as well. */
async function interpret(
  document: { readonly body: Buffer },
  suite: Suite,
  place: MirrorPlace,
  context: ReleaseContext,
): Promise<Interpreted> {
  const subject = shown(`${place.base}/dists/${suite.name}/InRelease`);
  const message = splitClearSigned(document.body.toString());
  if (message === undefined)
    return refuse('mirror-release-unreadable', `${subject}: it is no signed release file`, subject);
  const parsed = parseReleaseFile(message.text);
  if (!parsed.ok) return refuse('mirror-release-unreadable', `${subject}: ${parsed.error}`, subject);
  const release = parsed.value;
  const identity = identityProblem(release, suite, place, context.release);
  if (identity !== undefined) return refuse('mirror-release-foreign', `${subject}: ${identity}`, subject);
  const keys = await trustedKeys(context.release.vendor, place.signedBy, context.apt);
  const signature = await verifySignature(message, keys, context.signal);
  return {
    read: { release, verified: signature.kind === 'good' },
    problems: [...signatureProblems(signature, subject), ...ageProblems(release, suite, context)],
  };
}

interface Interpreted {
  /** Undefined: it is not the release file that was asked for. */
  readonly read: Pick<MirrorSuite, 'release' | 'verified'> | undefined;
  readonly problems: Problem[];
}

function refuse(code: string, message: string, subject: string): Interpreted {
  return { read: undefined, problems: [{ code, message, effect: 'incomplete', subject }] };
}

function identityProblem(
  release: ReleaseFile,
  suite: Suite,
  place: MirrorPlace,
  wanted: ArchiveRelease,
): string | undefined {
  if (!place.chosen && release.origin !== wanted.origin)
    return `it is of ${release.origin || 'an unnamed origin'}, not of ${wanted.origin}`;
  // By its own name: another suite's release file is signed as well, and the base suite's would hide all security updates.
  const isNamed = release.codename === suite.name || release.suite === suite.name;
  const isOldSecurity = suite.name === `${release.codename}/updates` && release.label === 'Debian-Security';
  return isNamed || isOldSecurity ? undefined : `it describes ${release.suite || release.codename}, not ${suite.name}`;
}

function signatureProblems(signature: SignatureOutcome, subject: string): Problem[] {
  if (signature.kind === 'good') return [];
  const message =
    signature.kind === 'bad'
      ? `The signature of the mirror's lists did not verify: ${signature.reason}. The answer rests on an unproven mirror.`
      : `The signature of the mirror's lists was not verified: ${signature.reason}.`;
  return [{ code: `mirror-signature-${signature.kind}`, message, effect: 'degraded', subject }];
}

function ageProblems(release: ReleaseFile, suite: Suite, { now, apt }: ReleaseContext): Problem[] {
  if (release.validUntil === undefined || release.validUntil >= now) return [];
  const day = new Date(release.validUntil).toISOString().slice(0, 10);
  const tolerated = apt.settings.get('acquire::check-valid-until') === 'false';
  return [
    {
      code: 'mirror-lists-expired',
      message: `The lists of ${suite.name} were valid until ${day}: the mirror no longer follows its archive, newer fixes are not known.`,
      effect: tolerated ? 'note' : 'degraded',
      subject: suite.name,
    },
  ];
}
