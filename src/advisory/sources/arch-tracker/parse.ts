import type { Advisory, AffectedRange, AffectedStatus } from '../../advisory.ts';
import type { Feed, FeedRecord } from '../../advisory-source.ts';
import { type AdvisoryDocument, readWhole } from '../../documents/document.ts';
import { failure, RecordTally } from '../../documents/feed-records.ts';
import { asId, asLine, asName, asObject, asText, asTexts, type JsonObject } from '../../documents/json-values.ts';
import { severityFromWord } from '../../severity-words.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_NAMES = 2000;

/** Reads `[{ name: "AVG-1", packages: [], affected, fixed, severity, status, type, issues: ["CVE-…"] }]`. */
export async function* parseArchTracker(
  document: AdvisoryDocument,
  _feed: Feed,
): AsyncGenerator<readonly FeedRecord[]> {
  let groups: unknown;
  try {
    groups = JSON.parse((await readWhole(document, MAX_BYTES)).toString('utf8'));
  } catch (cause) {
    yield [failure(document, cause)];
    return;
  }
  if (!Array.isArray(groups) || groups.length === 0) {
    yield [failure(document, 'is no list of groups')];
    return;
  }
  const tally = new RecordTally();
  const records = groups.flatMap((group: unknown): FeedRecord[] => {
    const advisory = parseGroup(asObject(group) ?? {}, tally);
    return advisory === undefined ? [] : [{ kind: 'advisory', advisory }];
  });
  yield [...records, ...tally.records()];
}

function parseGroup(group: JsonObject, tally: RecordTally): Advisory | undefined {
  const id = asId(group['name']);
  const packages = asTexts(group['packages'], MAX_NAMES).filter((name) => asName(name) !== undefined);
  const standing = standingOf(group);
  if (id === undefined || packages.length === 0 || standing === undefined) {
    tally.add('group-unreadable', 'incomplete', 'groups could not be read and were left out', asText(group['name']));
    return undefined;
  }
  const issues = asTexts(group['issues'], MAX_NAMES).filter((issue) => asId(issue) !== undefined);
  const summary = asLine(group['type'], 200);
  const severity = severityFromWord(asText(group['severity']));
  return {
    id,
    source: 'arch-tracker',
    aliases: [],
    bundles: issues,
    ...(summary === undefined ? {} : { summary }),
    ...(severity === undefined ? {} : { severity }),
    scores: [],
    references: [`https://security.archlinux.org/${id}`],
    affected: packages.map((name) => ({
      ecosystem: 'arch',
      name,
      subject: 'package',
      scheme: 'pacman',
      ...standing,
      versions: [],
    })),
  };
}

interface Standing {
  readonly status: AffectedStatus;
  readonly ranges: readonly AffectedRange[];
}

/**
 * `affected` is the version that the group was made for; older ones count as affected too, for the tracker does not say since
 * when. `Testing`: the fix waits in a repository that is off by default.
 */
function standingOf(group: JsonObject): Standing | undefined {
  const fixed = asName(group['fixed']);
  switch (asText(group['status'])) {
    case 'Fixed':
    case 'Testing':
      return fixed === undefined ? undefined : { status: 'fixed', ranges: [{ fixed }] };
    case 'Vulnerable':
      return { status: 'affected', ranges: fixed === undefined ? [{}] : [{ fixed }] };
    case 'Unknown':
      return { status: 'under-investigation', ranges: [{}] };
    case 'Not affected':
      return { status: 'not-affected', ranges: [] };
    default:
      return undefined;
  }
}
