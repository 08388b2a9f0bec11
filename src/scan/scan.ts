import { AdvisoryDatabaseError } from '#advisory/index.ts';
import { type Analysis, analyseImage, analyseTree, type LayerCache } from '#analysis/index.ts';
import type { Artifact, DocumentArtifact, OpenOptions } from '#artifact/index.ts';
import { openTarget } from '#artifact/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import { catalogers, type Inventory, inventoryFromSbom, type SbomInventory } from '#inventory/index.ts';
import { matchInventory } from '#vulnerability/index.ts';
import { type AdvisoryPolicy, gatherAdvisories } from './advisories.ts';
import { type Assessment, composeReport } from './compose.ts';
import { mirrorGaps } from './mirror-gaps.ts';
import type { ScanReport } from './report.ts';

/** What to scan and with which means. */
export interface ScanRequest {
  /** As the user writes it: `debian:12`, `oci:layout:tag`, `./image.tar`, `host`. */
  readonly target: string;
  readonly open: Omit<OpenOptions, 'signal'>;
  readonly cache: LayerCache | 'none';
  /** `none` for an SBOM: nothing is matched and no advisory is asked for. */
  readonly advisories: AdvisoryPolicy | 'none';
  readonly includeKernelHeaders: boolean;
  readonly signal: AbortSignal;
  onProgress(progress: ScanProgress): void;
}

/** One step of a scan as a person may watch it. */
export interface ScanProgress {
  readonly step: 'opening' | 'reading layers' | 'fetching advisories' | 'matching';
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
    const taken = await takeInventory(artifact, request);
    if (!taken.ok) return err({ kind: 'no-answer', message: taken.error });
    const { inventory, sbom } = taken.value;
    const assessed = request.advisories === 'none' ? undefined : await assess(inventory, request.advisories, request);
    return ok(composeReport({ artifact, inventory, sbom, assessed, durationMs: performance.now() - started }));
  } catch (error) {
    // A damaged shard is found in the middle of matching: half an answer would look like a whole one.
    if (error instanceof AdvisoryDatabaseError) return err({ kind: 'no-answer', message: error.message });
    throw error;
  } finally {
    await artifact.close();
  }
}

async function assess(inventory: Inventory, policy: AdvisoryPolicy, request: ScanRequest): Promise<Assessment> {
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

/** What is aboard, and whose word that is when the artifact itself is not here. */
type Taken = Pick<Analysis, 'inventory'> & { readonly sbom?: SbomInventory };

async function takeInventory(artifact: Artifact, request: ScanRequest): Promise<Result<Taken>> {
  if (artifact.kind !== 'document') return ok(await analyse(artifact, request));
  const sbom = inventoryFromSbom(artifact, new Date());
  return sbom.ok ? ok({ inventory: sbom.value.inventory, sbom: sbom.value }) : sbom;
}

function analyse(artifact: Exclude<Artifact, DocumentArtifact>, request: ScanRequest): Promise<Analysis> {
  const options = {
    catalogers,
    cache: request.cache,
    signal: request.signal,
    onProgress: (done: number, total: number) => request.onProgress({ step: 'reading layers', done, total }),
  };
  return artifact.kind === 'image' ? analyseImage(artifact, options) : analyseTree(artifact, options);
}
