import type { Advisory, AffectedPackage, AffectedStatus } from '../../advisory.ts';
import type { Feed, FeedRecord } from '../../advisory-source.ts';
import type { AdvisoryDocument } from '../../documents/document.ts';
import { failure, RecordTally } from '../../documents/feed-records.ts';
import { jsonMembers } from '../../documents/json-members.ts';
import { asId, asLine, asName, asObject, asText, type JsonObject } from '../../documents/json-values.ts';
import { debianReleases } from '../../ecosystem.ts';
import { severityFromWord } from '../../severity-words.ts';

/** The document is some 70 MB in 2026. */
const MAX_BYTES = 1024 ** 3;
/** One vulnerability of one source package is a few KB. */
const MAX_ENTRY_BYTES = 4 * 1024 * 1024;

/** Reads `data/json`: `{ SOURCE: { CVE: { description, scope, releases: { SUITE: { status, … } } } } }`, entry by entry. */
export async function* parseTracker(document: AdvisoryDocument, _feed: Feed): AsyncGenerator<readonly FeedRecord[]> {
  const tally = new RecordTally();
  let entries = 0;
  try {
    for await (const members of jsonMembers(document.stream(MAX_BYTES), MAX_ENTRY_BYTES)) {
      entries += members.length;
      yield members.flatMap(({ path: [source, id], value }): FeedRecord[] => {
        const advisory = parseEntry(source, id, value, tally);
        return advisory === undefined ? [] : [{ kind: 'advisory', advisory }];
      });
    }
  } catch (cause) {
    yield [failure(document, cause)];
    return;
  }
  if (entries === 0) yield [failure(document, 'holds no source package')];
  const asOf: FeedRecord[] = document.modified === undefined ? [] : [{ kind: 'as-of', date: document.modified }];
  yield [...asOf, ...tally.records()];
}

function parseEntry(source: string, idText: string, value: unknown, tally: RecordTally): Advisory | undefined {
  const id = asId(idText);
  const entry = asObject(value);
  const releases = asObject(entry?.['releases']);
  if (id === undefined || asName(source) === undefined || releases === undefined) {
    tally.add(
      'tracker-entry-unreadable',
      'incomplete',
      'entries could not be read and were left out',
      `${source} ${idText}`,
    );
    return undefined;
  }
  const affected: AffectedPackage[] = [];
  for (const [suite, release] of Object.entries(releases)) {
    const read = parseRelease(source, suite, asObject(release) ?? {});
    affected.push(read);
    if (read.status === 'unknown') {
      tally.add(
        'tracker-status-unknown',
        'degraded',
        'states are not known here and count as unknown',
        `${source} ${id}`,
      );
    }
  }
  const severity = worstUrgency(releases);
  const summary = asLine(entry?.['description'], 300);
  return {
    id,
    source: 'debian-tracker',
    aliases: [],
    bundles: [],
    ...(summary === undefined ? {} : { summary }),
    ...(severity === undefined ? {} : { severity }),
    scores: [],
    references: [`https://security-tracker.debian.org/tracker/${encodeURIComponent(id)}`],
    affected,
  };
}

function parseRelease(name: string, suite: string, release: JsonObject): AffectedPackage {
  const fixed = asName(release['fixed_version']);
  const status = statusOf(release, fixed);
  const note = noteOf(release);
  const number = debianReleases.get(suite);
  return {
    ecosystem: `debian:${number ?? suite}`,
    name,
    subject: 'source',
    scheme: 'deb',
    status,
    ranges: status === 'fixed' && fixed !== undefined ? [{ fixed }] : [],
    versions: [],
    ...(note === undefined ? {} : { note }),
  };
}

/**
 * `fixed_version` `0` says that the release never had the vulnerable code. An open entry is answered by its triage: ignored
 * and postponed are decisions, `no-dsa` alone only says that a fix will not come by a security announcement of its own.
 */
function statusOf(release: JsonObject, fixed: string | undefined): AffectedStatus {
  switch (asText(release['status'])) {
    case 'resolved':
      if (fixed === undefined) return 'unknown';
      return fixed === '0' ? 'not-affected' : 'fixed';
    case 'undetermined':
      return 'under-investigation';
    case 'open':
      return openStatus(release);
    default:
      return 'unknown';
  }
}

function openStatus(release: JsonObject): AffectedStatus {
  if (release['urgency'] === 'end-of-life') return 'end-of-life';
  switch (asText(release['nodsa_reason'])) {
    case 'ignored':
      return 'will-not-fix';
    case 'postponed':
      return 'deferred';
    default:
      return 'affected';
  }
}

function noteOf(release: JsonObject): string | undefined {
  const reason = asText(release['nodsa_reason']) ?? 'no-dsa';
  const triage = asLine(release['nodsa'], 160);
  const notes = [
    release['urgency'] === 'unimportant' ? 'unimportant' : undefined,
    triage === undefined ? undefined : `${reason}: ${triage}`,
  ].filter((note) => note !== undefined);
  return asLine(notes.join('; '), 200);
}

const RANK = ['critical', 'high', 'medium', 'low', 'info'] as const;

function worstUrgency(releases: JsonObject): Advisory['severity'] {
  const found = new Set(
    Object.values(releases).map((release) => severityFromWord(asText(asObject(release)?.['urgency']))),
  );
  return RANK.find((severity) => found.has(severity));
}
