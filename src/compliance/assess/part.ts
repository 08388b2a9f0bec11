import { type ChecksSummary, checks, type SubjectKind } from '#checks/index.ts';
import { severityRank } from '#model/index.ts';
import { isOpen } from '#policy/index.ts';
import type { SavedReport } from '#scan/index.ts';
import type { Evidence } from '#standards/index.ts';
import type { MissingEvidence, PartAnswer, PartAssessment } from '../report.ts';
import type { ReportedFinding, ScanEvidence } from './evidence.ts';
import { sortFindings } from './facts.ts';
import { checkGaps, checksNotAsked, findingGaps, noSuchManifest, nothingToCheck, notLookedFor } from './gaps.ts';

type ChecksEvidence = Extract<Evidence, { by: 'checks' }>;
type FindingsEvidence = Extract<Evidence, { by: 'findings' }>;

/** What one part of a control's evidence says, over all reports. Statements are heard later. */
export function assessPart(evidence: Evidence, scans: ScanEvidence): PartAssessment {
  switch (evidence.by) {
    case 'checks':
      return checksPart(evidence, scans);
    case 'findings':
      return findingsPart(evidence, scans);
    case 'outside':
      return unheard('outside', evidence.what, 'unknown', {
        why: `no scan of an image or a directory shows what is ${outsideWords[evidence.source]}: ${phrase(evidence.what)}`,
        how: 'look at it, and state what is so in the attestations',
        source: evidence.source,
      });
    case 'statement':
      return unheard('statement', evidence.ask, 'unstated', {
        why: `nobody has stated: ${evidence.ask}`,
        how: 'state it in the attestations',
        source: 'statement',
      });
  }
}

const outsideWords: Readonly<Record<Extract<Evidence, { by: 'outside' }>['source'], string>> = {
  host: 'on the host',
  cluster: 'in the cluster',
  registry: 'in the registry',
  runtime: 'while it runs',
  flows: 'in the traffic',
  signatures: 'in the signatures',
};

/** A sentence, to be gone on with. */
function phrase(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

function unheard(
  by: 'outside' | 'statement',
  what: string,
  answer: PartAnswer,
  missing: MissingEvidence,
): PartAssessment {
  return { by, what, answer, failing: [], accepted: [], counts: nothingCounted, missing: [missing] };
}

const nothingCounted = { failing: 0, accepted: 0, passed: 0 };

function findingsPart({ kind, atLeast }: FindingsEvidence, scans: ScanEvidence): PartAssessment {
  const { reports } = scans;
  const looked = reports.filter(({ scanners }) => scanners.includes(kind));
  const limit = atLeast === 'any' ? severityRank('unknown') : severityRank(atLeast);
  const severe = scans.ofKind(kind).filter(({ finding }) => severityRank(finding.severity) <= limit);
  const { failing, failingCount, accepted } = sortFindings(severe);
  const acceptedCount = accepted.length;
  const missing =
    looked.length === 0
      ? [notLookedFor(kind)]
      : [...findingGaps(kind, reports), ...(atLeast === 'any' ? [] : unrated(scans.ofKind(kind)))];
  return {
    by: 'findings',
    what: `no open ${kind === 'licence' ? 'question of a licence' : kind} ${atLeast === 'any' ? 'of any severity' : `rated ${atLeast} or worse`}`,
    answer: answerOf({ failingCount, acceptedCount, isLookedAt: looked.length > 0, hasGaps: missing.length > 0 }),
    failing,
    accepted,
    counts: { failing: failingCount, accepted: acceptedCount, passed: 0 },
    missing,
  };
}

/** What nobody has rated may be as severe as what is asked about. */
function unrated(found: readonly ReportedFinding[]): MissingEvidence[] {
  const count = found.filter(({ finding }) => finding.severity === 'unknown' && isOpen(finding)).length;
  if (count === 0) return [];
  const why = `${count} open ${count === 1 ? 'finding has' : 'findings have'} no severity that anybody gave`;
  return [{ why, how: 'judge them, and write an exception for those that do not matter', source: 'scan' }];
}

const subjectOfCheck: ReadonlyMap<string, SubjectKind> = new Map(checks.map(({ id, subject }) => [id, subject]));

/**
 * Checks of several subjects stand beside each other in a part, as the same question is asked of a Dockerfile and of a manifest: of those
 * subjects that were met, each of the checks must have been asked.
 */
function checksPart({ checks: ids }: ChecksEvidence, scans: ScanEvidence): PartAssessment {
  const { reports } = scans;
  const tallies = sumTallies(ids, reports);
  const met = metSubjects(reports);
  const subjects = [...new Set(ids.flatMap((id) => subjectOfCheck.get(id) ?? []))];
  const unanswered = unansweredChecks(reports);
  const notAsked = ids.filter((id) => !tallies.has(id) && !unanswered.has(id) && isDue(id, met));
  const found = sortFindings(scans.ofChecks(ids));
  const unlisted = unlistedFailures(ids, tallies, scans);
  const failingCount = found.failingCount + unlisted;
  const passed = sum([...tallies.values()].map((tally) => tally.passed));
  const gaps = [...(notAsked.length > 0 ? [checksNotAsked(notAsked)] : []), ...checkGaps(ids, subjects, reports)];
  const isLookedAt = failingCount + passed + found.accepted.length > 0 || hasFailed(tallies);
  const silence = isLookedAt ? undefined : silenceOf(tallies, subjects, gaps);
  const answer = answerOf({
    failingCount,
    acceptedCount: found.accepted.length,
    isLookedAt,
    hasGaps: gaps.length > 0,
  });
  return {
    by: 'checks',
    what: ids.join(', '),
    answer: silence?.answer ?? answer,
    failing: found.failing,
    accepted: found.accepted,
    counts: { failing: failingCount, accepted: found.accepted.length, passed },
    checks: Object.fromEntries(tallies),
    missing: silence?.missing ?? gaps,
  };
}

/**
 * No check had anything to say. A Dockerfile, a Compose file or an image is all there is of itself: where a question does not arise in it,
 * it does not arise. Manifests are a part of a cluster whose other parts may lie elsewhere: that none of them is about the question says
 * nothing of the cluster.
 */
function silenceOf(
  tallies: ReadonlyMap<string, CheckTally>,
  subjects: readonly SubjectKind[],
  gaps: readonly MissingEvidence[],
): Pick<PartAssessment, 'answer' | 'missing'> {
  if (tallies.size === 0) return { answer: 'unknown', missing: [nothingToCheck(subjects)] };
  const isPartOfMore = [...tallies.keys()].some((id) => subjectOfCheck.get(id) === 'kubernetes');
  if (isPartOfMore) return { answer: 'unknown', missing: [noSuchManifest([...tallies.keys()]), ...gaps] };
  return gaps.length > 0 ? { answer: 'unknown', missing: gaps } : { answer: 'not-arisen', missing: [] };
}

/** A check that this version does not know could have been asked of anything. */
function isDue(id: string, met: ReadonlySet<string>): boolean {
  const subject = subjectOfCheck.get(id);
  return subject === undefined || met.has(subject);
}

/** What failed and was declared no fault is an answer too. */
function hasFailed(tallies: ReadonlyMap<string, CheckTally>): boolean {
  return [...tallies.values()].some(({ failed }) => failed > 0);
}

type CheckTally = ChecksSummary['byCheck'][string];

function sumTallies(ids: readonly string[], reports: readonly SavedReport[]): Map<string, CheckTally> {
  const tallies = new Map<string, CheckTally>();
  for (const { checks: summary } of reports)
    for (const id of ids) {
      if (summary === undefined || !Object.hasOwn(summary.byCheck, id)) continue;
      const one = summary.byCheck[id];
      const before = tallies.get(id) ?? { passed: 0, failed: 0, notApplicable: 0 };
      if (one)
        tallies.set(id, {
          passed: before.passed + one.passed,
          failed: before.failed + one.failed,
          notApplicable: before.notApplicable + one.notApplicable,
        });
    }
  return tallies;
}

/** Checks that were asked and whose evidence was missing: the gap is told with its reason. */
function unansweredChecks(reports: readonly SavedReport[]): ReadonlySet<string> {
  return new Set(
    reports.flatMap(({ checks: summary }) => (summary?.notAssessed ?? []).flatMap(({ check }) => check ?? [])),
  );
}

/** Subjects of which at least one document was met: some check of theirs was asked. */
function metSubjects(reports: readonly SavedReport[]): ReadonlySet<string> {
  const ids = reports.flatMap(({ checks: summary }) => Object.keys(summary?.byCheck ?? {}));
  return new Set(ids.flatMap((id) => subjectOfCheck.get(id) ?? []));
}

/** Documents that failed a check of which the report lists no finding: a list that was cut must not read as a pass. */
function unlistedFailures(
  ids: readonly string[],
  tallies: ReadonlyMap<string, CheckTally>,
  scans: ScanEvidence,
): number {
  return sum(ids.map((id) => (scans.ofChecks([id]).length > 0 ? 0 : (tallies.get(id)?.failed ?? 0))));
}

interface Looked {
  readonly failingCount: number;
  readonly acceptedCount: number;
  readonly isLookedAt: boolean;
  readonly hasGaps: boolean;
}

function answerOf({ failingCount, acceptedCount, isLookedAt, hasGaps }: Looked): PartAnswer {
  if (failingCount > 0) return 'violated';
  if (!isLookedAt) return 'unknown';
  if (acceptedCount > 0) return 'accepted';
  return hasGaps ? 'holds-in-part' : 'holds';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
