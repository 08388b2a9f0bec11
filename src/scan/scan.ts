import { AdvisoryDatabaseError, type SourceState } from '#advisory/index.ts';
import {
  type Analysis,
  analyseImage,
  analyseTree,
  type LayerCache,
  type ReaderCost,
  type SearchSettings,
} from '#analysis/index.ts';
import type { Artifact, DocumentArtifact, OpenOptions, TreeArtifact } from '#artifact/index.ts';
import { openTarget } from '#artifact/index.ts';
import { err, ok, type Problem, type Result } from '#foundation/index.ts';
import { catalogers, type Inventory, inventoryFromSbom, type SbomInventory } from '#inventory/index.ts';
import { licenceFindings } from '#licences/index.ts';
import { isSystemPackage } from '#model/index.ts';
import {
  dependencyPaths,
  isVulnerability,
  matchInventory,
  type PriorityContext,
  prioritise,
  type VulnerabilityFinding,
} from '#vulnerability/index.ts';
import { type AdvisoryPolicy, gatherAdvisories } from './advisories.ts';
import { type Assessment, composeReport } from './compose.ts';
import { type DecisionPolicy, decide, gatherDecisions, namesOf, noDecisions } from './decisions.ts';
import type { JudgedArtifact, PolicyRequest, ReportJudge } from './judge.ts';
import { mirrorGaps } from './mirror-gaps.ts';
import type { Finding, ScanReport } from './report.ts';
import type { Scanner } from './scanner.ts';

/** What to scan and with which means. */
export interface ScanRequest {
  /** As the user writes it: `debian:12`, `oci:layout:tag`, `./image.tar`, `host`. */
  readonly target: string;
  readonly open: Omit<OpenOptions, 'signal'>;
  readonly cache: LayerCache | 'none';
  /** `none` for an SBOM: nothing is matched and no advisory is asked for. */
  readonly advisories: AdvisoryPolicy | 'none';
  readonly includeKernelHeaders: boolean;
  /** `system`: only packages of the distribution are listed. All when absent. */
  readonly packageTypes?: 'system' | 'all';
  /** What is looked for in files beside packages; nothing when absent. */
  readonly search?: SearchSettings;
  /** Also run helm and kustomize on the charts and kustomizations of a directory, and check what they make. They are somebody's programs: ask first. */
  readonly render?: boolean;
  /** What of the settings could not be used, to be told with the rest. */
  readonly problems?: readonly Problem[];
  /** Judge the licences of packages. */
  readonly licences?: boolean;
  /** None when absent. */
  readonly decisions?: DecisionPolicy;
  /** Policies that are asked about manifests and about what was found; none when absent. */
  readonly policies?: PolicyRequest;
  /** What is known of the place where it runs; nothing when absent. */
  readonly context?: PriorityContext;
  readonly signal: AbortSignal;
  onProgress(progress: ScanProgress): void;
  /** When there: readers are measured, and this is told what they cost. */
  onProfile?(costs: readonly ReaderCost[]): void;
}

/** One step of a scan as a person may watch it. */
export interface ScanProgress {
  readonly step: 'opening' | 'reading layers' | 'rendering' | 'fetching advisories' | 'matching';
  readonly done?: number;
  readonly total?: number;
  readonly detail?: string;
}

/** Why there is no report at all. `usage`: the target's text is wrong or means several things. */
export interface ScanFailure {
  readonly kind: 'usage' | 'no-answer';
  readonly message: string;
}

/** From a target to a report. An error says that there is no answer at all; holes in an answer are in the report. */
export async function scan(request: ScanRequest): Promise<Result<ScanReport, ScanFailure>> {
  const started = performance.now();
  request.onProgress({ step: 'opening', detail: request.target });
  const opened = await openTarget(request.target, { ...request.open, signal: request.signal });
  if (!opened.ok) {
    const { code, message } = opened.error;
    return err({ kind: code === 'usage' ? 'usage' : 'no-answer', message });
  }
  const artifact = opened.value;
  try {
    const means = { registries: request.open.registries ?? {}, signal: request.signal };
    const decisions = await gatherDecisions(request.decisions ?? noDecisions, artifact, means);
    if (!decisions.ok) return err({ kind: 'usage', message: decisions.error });
    const today = new Date().toISOString();
    const judge = await judgeOf(request, { exceptions: decisions.value.exceptions, names: namesOf(artifact), today });
    const aboard = await lookInto(artifact, request, judge);
    if (!aboard.ok) return err({ kind: 'no-answer', message: aboard.error });
    const { inventory, sbom } = aboard.value;
    const assessed =
      request.advisories === 'none' ? nothingAssessed : await assess(inventory, request.advisories, request);
    const found = [...explained(assessed.findings, inventory), ...foundAboard(aboard.value, request)];
    const decided = decide(found, decisions.value, { artifact, inventory, today });
    const report = composeReport({
      artifact,
      inventory,
      sbom,
      assessed: {
        ...assessed,
        ...(aboard.value.checks && { checks: aboard.value.checks }),
        findings: prioritised(decided.findings, request.context ?? {}, assessed.sources),
        problems: [...(request.problems ?? []), ...narrowed(request), ...assessed.problems, ...decided.problems],
      },
      scanners: scannersOf(request, artifact),
      durationMs: performance.now() - started,
    });
    return ok(judge === undefined ? report : judge.judge(report));
  } catch (error) {
    // A damaged shard is found in the middle of matching: half an answer would look like a whole one.
    if (error instanceof AdvisoryDatabaseError) return err({ kind: 'no-answer', message: error.message });
    throw error;
  } finally {
    await artifact.close();
  }
}

/** Loaded where policies are asked only: it brings their language along. */
async function judgeOf({ policies }: ScanRequest, judged: JudgedArtifact): Promise<ReportJudge | undefined> {
  if (policies === undefined) return undefined;
  const { ReportJudge: Loaded } = await import('./judge.ts');
  return new Loaded(policies, judged);
}

/** What was left out because somebody wanted it so: whoever compares reports must not take it for gone. */
function narrowed({ packageTypes, search }: ScanRequest): Problem[] {
  const skipped = search?.checks?.disabled ?? [];
  const packages =
    'Only packages of the distribution were listed, as asked for: libraries and programs from elsewhere were not.';
  const checks = `Checks were not asked, as asked for: ${skipped.slice(0, 10).join(', ')}${skipped.length > 10 ? ', …' : ''}.`;
  return [
    ...(packageTypes === 'system' ? [note('packages-narrowed', packages)] : []),
    ...(skipped.length > 0 ? [note('checks-skipped', checks)] : []),
  ];
}

function note(code: string, message: string): Problem {
  return { code, message, effect: 'note' };
}

/** An SBOM has no files to look into. */
function scannersOf({ advisories, search = {}, licences }: ScanRequest, artifact: Artifact): Scanner[] {
  const hasFiles = artifact.kind !== 'document';
  return [
    ...(advisories === 'none' ? [] : (['vulnerability'] as const)),
    ...(hasFiles && search.secrets ? (['secret'] as const) : []),
    ...(hasFiles && search.malware ? (['malware'] as const) : []),
    ...(search.checks && isCheckable(artifact) ? (['misconfiguration'] as const) : []),
    ...(licences ? (['licence'] as const) : []),
  ];
}

/** An image has a configuration and a directory of sources has files of it; an unpacked system is neither. */
function isCheckable({ kind, scheme }: Artifact): boolean {
  return kind === 'image' || scheme === 'directory';
}

/** What matching alone finds, before anything else is known of it. */
interface Matched extends Omit<Assessment, 'findings'> {
  readonly findings: readonly VulnerabilityFinding[];
}

const nothingAssessed: Matched = { findings: [], sources: [], unassessed: [], problems: [] };

async function assess(inventory: Inventory, policy: AdvisoryPolicy, request: ScanRequest): Promise<Matched> {
  const knowledge = await gatherAdvisories(inventory, policy, request);
  try {
    request.onProgress({ step: 'matching' });
    const { includeKernelHeaders } = request;
    const today = new Date().toISOString();
    const matched = matchInventory(inventory, knowledge.lookups, { includeKernelHeaders, today });
    return {
      findings: matched.findings,
      sources: knowledge.sources,
      unassessed: [...matched.unassessed, ...mirrorGaps(inventory, knowledge.notCovered)],
      problems: [...knowledge.problems, ...matched.problems],
    };
  } finally {
    knowledge.close();
  }
}

/** Says of each finding in a library who brought it. */
function explained(findings: readonly VulnerabilityFinding[], { packages }: Inventory): VulnerabilityFinding[] {
  const paths = dependencyPaths(packages);
  return findings.map((finding) => {
    const path = paths.pathTo(finding.package);
    return path.length === 0
      ? finding
      : { ...finding, dependencyPath: path.map(({ name, version }) => `${name}@${version}`) };
  });
}

/** What is wrong with what is aboard, whatever advisories say. */
function foundAboard({ inventory, secrets, malware, misconfigurations }: Aboard, { licences }: ScanRequest): Finding[] {
  const judged = licences ? licenceFindings(inventory.packages, ({ relation }) => relation !== 'root') : [];
  return [...malware, ...secrets, ...misconfigurations, ...judged];
}

function prioritised(
  findings: readonly Finding[],
  context: PriorityContext,
  sources: readonly SourceState[],
): Finding[] {
  return findings.map((finding) =>
    isVulnerability(finding) ? { ...finding, priority: prioritise(finding, context, sources) } : finding,
  );
}

/** What is aboard, and whose word that is when the artifact itself is not here. */
type Aboard = Omit<Analysis, 'costs'> & { readonly sbom?: SbomInventory };

async function lookInto(artifact: Artifact, request: ScanRequest, judge?: ReportJudge): Promise<Result<Aboard>> {
  if (artifact.kind !== 'document') return ok(await analyse(artifact, request, judge));
  const sbom = inventoryFromSbom(artifact, new Date());
  if (!sbom.ok) return sbom;
  return ok({ inventory: sbom.value.inventory, secrets: [], malware: [], misconfigurations: [], sbom: sbom.value });
}

async function analyse(
  artifact: Exclude<Artifact, DocumentArtifact>,
  request: ScanRequest,
  judge: ReportJudge | undefined,
): Promise<Analysis> {
  const options = {
    catalogers: request.packageTypes === 'system' ? catalogers.filter(({ type }) => isSystemPackage(type)) : catalogers,
    cache: request.cache,
    signal: request.signal,
    profile: request.onProfile !== undefined,
    ...(request.search && { search: request.search }),
    ...(judge && { visitManifests: judge.visitManifests }),
    onProgress: (done: number, total: number) => request.onProgress({ step: 'reading layers', done, total }),
  };
  const analysis = await (artifact.kind === 'image' ? analyseImage(artifact, options) : analyseTree(artifact, options));
  request.onProfile?.(analysis.costs);
  return request.render && artifact.kind === 'tree' ? rendered(artifact, analysis, request, judge) : analysis;
}

/** Loaded where it is asked for: it runs programs. */
async function rendered(
  { root, scheme }: TreeArtifact,
  analysis: Analysis,
  { search, signal, onProgress }: ScanRequest,
  judge: ReportJudge | undefined,
): Promise<Analysis> {
  if (search?.checks === undefined || scheme !== 'directory') return analysis;
  onProgress({ step: 'rendering' });
  const { renderProjects, withRendered } = await import('./render/index.ts');
  const made = await renderProjects(root, {
    checks: search.checks,
    signal,
    searchPath: process.env['PATH'] ?? '',
    ...(judge && { visitManifests: judge.visitManifests }),
  });
  return withRendered(analysis, made);
}
