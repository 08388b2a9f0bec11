import type { TreeArtifact } from '#artifact/index.ts';
import type { Checked } from '#checks/index.ts';
import { err, ok, type Problem, type Result } from '#foundation/index.ts';
import type { Inventory } from '#inventory/index.ts';
import type { Distribution } from '#model/index.ts';
import type { ClusterState, Evidence } from '#posture/index.ts';
import { composeReport } from './compose.ts';
import { type DecisionPolicy, decide, gatherDecisions, namesOf } from './decisions.ts';
import type { PolicyRequest } from './judge.ts';
import type { ScanReport } from './report.ts';
import type { ScanFailure } from './scan.ts';

/** What checks said of a machine, to be made a report. */
export interface AuditRequest extends Judged {
  readonly evidence: Evidence;
}

/** What checks said of a cluster. */
export interface ClusterAuditRequest extends Judged {
  readonly state: ClusterState;
}

interface Judged {
  readonly checked: Checked;
  readonly decisions: DecisionPolicy;
  readonly policies?: PolicyRequest;
  readonly signal: AbortSignal;
}

interface Audited {
  readonly artifact: TreeArtifact;
  readonly inventory: Inventory;
  /** ISO 8601: when the evidence was collected. */
  readonly today: string;
}

/** The report of a machine: that of a scan which looked for misconfiguration alone, so that all that reads reports reads it. */
export function auditReport({ evidence, ...judged }: AuditRequest): Promise<Result<ScanReport, ScanFailure>> {
  const artifact = treeNamed(evidence.hostname, 'host');
  return reportOf({ artifact, inventory: nothingInstalled(evidence), today: evidence.collectedAt }, judged);
}

/** The report of a cluster, of the same form. */
export function clusterReport({ state, ...judged }: ClusterAuditRequest): Promise<Result<ScanReport, ScanFailure>> {
  const entries = [...state.objects.values()].reduce((sum, list) => sum + ('known' in list ? list.known.length : 0), 0);
  const statistics = { layers: 0, cachedLayers: 0, entries, bytes: 0 };
  const inventory = { packages: [], problems: unlisted(state), statistics };
  return reportOf({ artifact: treeNamed(state.name, 'cluster'), inventory, today: state.collectedAt }, judged);
}

async function reportOf(
  { artifact, inventory, today }: Audited,
  { checked, decisions, policies, signal }: Judged,
): Promise<Result<ScanReport, ScanFailure>> {
  const started = performance.now();
  const gathered = await gatherDecisions(decisions, artifact, { registries: {}, signal });
  if (!gathered.ok) return err({ kind: 'usage', message: gathered.error });
  const decided = decide(checked.findings, gathered.value, { artifact, inventory, today });
  const report = composeReport({
    artifact,
    inventory,
    assessed: {
      findings: decided.findings,
      checks: checked.summary,
      sources: [],
      unassessed: [],
      problems: [...checked.problems, ...unanswered(checked), ...decided.problems],
    },
    scanners: ['misconfiguration'],
    durationMs: performance.now() - started,
  });
  if (policies === undefined) return ok(report);
  const { ReportJudge } = await import('./judge.ts');
  const judged = { exceptions: gathered.value.exceptions, names: namesOf(artifact), today };
  return ok(new ReportJudge(policies, judged).judge(report));
}

/** What is judged is not here: there is nothing to open or to close. */
function treeNamed(name: string, scheme: 'host' | 'cluster'): TreeArtifact {
  return { kind: 'tree', name, scheme, root: '/', problems: [], close: async () => undefined };
}

/** Kinds that were not listed: checks of their objects were never asked. */
function unlisted({ objects }: ClusterState): Problem[] {
  const reasons = [...objects.values()].flatMap((list) => ('missing' in list ? [list.missing] : []));
  const [first] = reasons;
  if (first === undefined) return [];
  const more = reasons.length > 1 ? `, and ${reasons.length - 1} more kinds` : '';
  return [{ code: 'objects-not-listed', message: `Objects were not looked at: ${first}${more}`, effect: 'incomplete' }];
}

/** Packages are listed by `plimsoll scan host`. */
function nothingInstalled(evidence: Evidence): Inventory {
  const distribution = distributionOf(evidence);
  return {
    ...(distribution && { distribution }),
    packages: [],
    problems: [],
    statistics: { layers: 0, cachedLayers: 0, entries: evidence.files.size, bytes: 0 },
  };
}

function distributionOf({ osRelease }: Evidence): Distribution | undefined {
  if ('missing' in osRelease) return undefined;
  const { known } = osRelease;
  const id = known.get('ID');
  const version = known.get('VERSION_ID');
  if (id === undefined) return undefined;
  return {
    id,
    idLike: (known.get('ID_LIKE') ?? '').split(' ').filter((word) => word !== ''),
    name: known.get('PRETTY_NAME') ?? id,
    ...(version !== undefined && { version }),
    evidence: 'etc/os-release',
  };
}

const MAX_REASONS = 20;

/** One problem for each reason: many checks need the same evidence. */
function unanswered({ summary }: Checked): Problem[] {
  const open = summary.notAssessed.filter(({ check }) => check !== undefined);
  const byReason = [...Map.groupBy(open, ({ reason }) => reason)];
  return byReason.slice(0, MAX_REASONS).map(([reason, checks]) => ({
    code: 'evidence-missing',
    message: `${checks.length === 1 ? 'A check was' : `${checks.length} checks were`} not answered: ${reason}`,
    effect: 'incomplete',
  }));
}
