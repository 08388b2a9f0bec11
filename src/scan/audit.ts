import type { TreeArtifact } from '#artifact/index.ts';
import type { Checked } from '#checks/index.ts';
import { err, ok, type Problem, type Result } from '#foundation/index.ts';
import type { Inventory } from '#inventory/index.ts';
import type { Distribution } from '#model/index.ts';
import type { Evidence } from '#posture/index.ts';
import { composeReport } from './compose.ts';
import { type DecisionPolicy, decide, gatherDecisions, namesOf } from './decisions.ts';
import type { PolicyRequest } from './judge.ts';
import type { ScanReport } from './report.ts';
import type { ScanFailure } from './scan.ts';

/** What checks said of a machine, to be made a report. */
export interface AuditRequest {
  readonly evidence: Evidence;
  readonly checked: Checked;
  readonly decisions: DecisionPolicy;
  readonly policies?: PolicyRequest;
  readonly signal: AbortSignal;
}

/** The report of a machine: that of a scan which looked for misconfiguration alone, so that all that reads reports reads it. */
export async function auditReport(request: AuditRequest): Promise<Result<ScanReport, ScanFailure>> {
  const started = performance.now();
  const { evidence, checked, policies, signal } = request;
  const artifact = machineOf(evidence);
  const decisions = await gatherDecisions(request.decisions, artifact, { registries: {}, signal });
  if (!decisions.ok) return err({ kind: 'usage', message: decisions.error });
  const today = evidence.collectedAt;
  const inventory = nothingInstalled(evidence);
  const decided = decide(checked.findings, decisions.value, { artifact, inventory, today });
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
  const judged = { exceptions: decisions.value.exceptions, names: namesOf(artifact), today };
  return ok(new ReportJudge(policies, judged).judge(report));
}

/** The machine whose evidence it is: not this one where the evidence was brought from elsewhere. */
function machineOf({ hostname }: Evidence): TreeArtifact {
  return { kind: 'tree', name: hostname, scheme: 'host', root: '/', problems: [], close: async () => undefined };
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
