import type { ComplianceEvidence } from '#compliance/index.ts';
import type { Problem } from '#foundation/index.ts';
import type { Scope } from '#identity/index.ts';
import type { Decision } from '#model/index.ts';
import { parseSavedReport, type SavedFinding, type SavedReport } from '#scan/index.ts';
import {
  countAssets,
  currentAssessments,
  type EvidenceScope,
  heardAttestations,
  type KeptAssessment,
  type Query,
  type StandingFinding,
  type StoredAttestation,
  standingFindings,
} from '#storage/index.ts';
import { RequestProblem } from '../request-problem.ts';

/** Reports that are judged together; more take longer than anybody waits for a page. */
const MAX_REPORTS = 3000;

export interface ServerEvidence extends ComplianceEvidence {
  /** In the scope. */
  readonly assets: number;
  /** Of them, those of which a report of ours is here. */
  readonly assetsLookedAt: number;
}

/** All that an assessment of some assets rests on: the newest reports, where findings stand by now, and what people say. */
export async function readEvidence(
  query: Query,
  scopes: readonly Scope[],
  scope: EvidenceScope,
  now: Date,
): Promise<ServerEvidence> {
  const kept = await currentAssessments(query, scopes, scope, MAX_REPORTS + 1);
  if (kept.length > MAX_REPORTS)
    throw new RequestProblem(422, 'too-much', `There are more than ${MAX_REPORTS} reports: choose a team or an asset.`);
  const looked = [...new Set(kept.map(({ asset }) => asset))];
  const findings = Map.groupBy(await standingFindings(query, looked), ({ asset }) => asset);
  const { reports, problems } = joined(kept, findings);
  const assets = await countAssets(query, scopes, scope);
  const attestations = (await heardAttestations(query, scope.team)).map(attestationOf);
  const unseen = assets - looked.length;
  return {
    reports,
    attestations,
    problems: unseen === 0 ? problems : [...problems, notLookedAt(unseen, assets)],
    now: now.toISOString(),
    assets,
    assetsLookedAt: looked.length,
  };
}

function notLookedAt(unseen: number, assets: number): Problem {
  return {
    code: 'assets-without-report',
    message: `Of ${unseen} of ${assets} assets there is no report of plimsoll scan: nothing here is about them.`,
    effect: 'incomplete',
  };
}

/** Each finding stands in the newest report of its asset that looked for its kind: it is counted once. */
function joined(kept: readonly KeptAssessment[], findings: ReadonlyMap<string, readonly StandingFinding[]>) {
  const told = new Set<string>();
  const reports: SavedReport[] = [];
  const problems: Problem[] = [];
  for (const one of kept) {
    const read = parseSavedReport(one.document, `report ${one.report}`);
    if (!read.ok) {
      problems.push({ code: 'report-unreadable', message: read.error, effect: 'incomplete', subject: one.assetName });
      continue;
    }
    const kinds = read.value.scanners.filter((kind) => !told.has(`${one.asset} ${kind}`));
    for (const kind of kinds) told.add(`${one.asset} ${kind}`);
    const own = (findings.get(one.asset) ?? []).filter(({ kind }) => kinds.some((known) => known === kind));
    const artifact = { ...read.value.artifact, name: one.assetName };
    reports.push({ ...read.value, artifact, findings: own.map(findingOf) });
  }
  return { reports, problems };
}

function findingOf({
  kind,
  rule,
  severity,
  title,
  message,
  path,
  line,
  resource,
  decision,
  state,
}: StandingFinding): SavedFinding {
  return {
    kind,
    id: rule,
    severity,
    title,
    ...(message !== null && { message }),
    ...(path !== null && { location: { path, ...(line !== null && { line }) } }),
    ...resourceOf(resource),
    ...(state === 'accepted' && { decision: decisionOf(decision) }),
  };
}

function resourceOf(value: unknown): Pick<SavedFinding, 'resource'> {
  const members = new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  const [kind, name, namespace] = ['kind', 'name', 'namespace'].map((member) => members.get(member));
  if (typeof kind !== 'string' || typeof name !== 'string') return {};
  return { resource: { kind, name, ...(typeof namespace === 'string' && { namespace }) } };
}

function decisionOf(decision: StandingFinding['decision']): Decision {
  const { reason = '', statedIn, author, until } = decision ?? {};
  return {
    source: 'exception',
    state: 'accepted',
    reason,
    statedIn: statedIn ?? 'a decision of the server',
    ...(author !== undefined && { author }),
    ...(until !== undefined && { expires: until.slice(0, 10) }),
  };
}

function attestationOf(row: StoredAttestation): ComplianceEvidence['attestations'][number] {
  const { id, control, framework, clause, state, statement, evidence, authorName, createdAt, expiresAt } = row;
  return {
    subject: control === null ? { framework: framework ?? '', clause: clause ?? '' } : { control },
    state,
    statement,
    by: authorName,
    date: createdAt.toISOString().slice(0, 10),
    expires: expiresAt.toISOString().slice(0, 10),
    evidence: [...evidence],
    statedIn: `attestation ${id}`,
  };
}
