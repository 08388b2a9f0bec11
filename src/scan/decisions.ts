import { readFile } from 'node:fs/promises';
import { type Artifact, fetchReferrers, type ImageArtifact, type RegistryOptions } from '#artifact/index.ts';
import { err, ok, type Problem, type Result } from '#foundation/index.ts';
import type { Inventory } from '#inventory/index.ts';
import type { FindingBase } from '#model/index.ts';
import {
  applyBaseline,
  applyExceptions,
  type Baseline,
  type Exception,
  loadExceptions,
  parseBaseline,
} from '#policy/index.ts';
import { applyVex, isVexAttachment, loadVex, readAttachedVex, type VexDocument } from '#vulnerability/index.ts';

/** Where decisions about findings are written. */
export interface DecisionPolicy {
  /** Files and directories of VEX documents. */
  readonly vex: readonly string[];
  /** Use what hangs on the image in its registry too: whoever can push there can put it there. */
  readonly attachedVex: boolean;
  /** Files of exceptions, in any format that is read. */
  readonly exceptions: readonly string[];
  /** File of a baseline. */
  readonly baseline?: string;
}

export const noDecisions: DecisionPolicy = { vex: [], attachedVex: false, exceptions: [] };

/** All that was decided before, read. */
interface Decisions {
  readonly vex: readonly VexDocument[];
  readonly exceptions: readonly Exception[];
  readonly baseline?: { readonly content: Baseline; readonly file: string };
  readonly problems: readonly Problem[];
}

interface Means {
  readonly registries: RegistryOptions;
  readonly signal: AbortSignal;
}

/** Reads what was decided. An error where the user named a baseline that cannot be used: everything would look new. */
export async function gatherDecisions(
  policy: DecisionPolicy,
  artifact: Artifact,
  means: Means,
): Promise<Result<Decisions>> {
  const baseline = policy.baseline === undefined ? ok(undefined) : await readBaseline(policy.baseline);
  if (!baseline.ok) return baseline;
  const written = policy.vex.length === 0 ? [] : [await loadVex(policy.vex)];
  const attached = policy.attachedVex && artifact.kind === 'image' ? await attachedVex(artifact, means) : noneAttached;
  const { exceptions, problems } = await loadExceptions(policy.exceptions);
  const vex = [...written, ...attached.documents];
  return ok({
    vex,
    exceptions,
    ...(baseline.value && { baseline: baseline.value }),
    problems: [...vex.flatMap((one) => one.problems), ...attached.problems, ...problems],
  });
}

async function readBaseline(file: string): Promise<Result<{ content: Baseline; file: string }>> {
  try {
    const parsed = parseBaseline(await readFile(file, 'utf8'), file);
    return parsed.ok ? ok({ content: parsed.value, file }) : parsed;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err(`${file} cannot be read (${reason}); make it with --write-baseline`);
  }
}

const noneAttached: { readonly documents: readonly VexDocument[]; readonly problems: readonly Problem[] } = {
  documents: [],
  problems: [],
};

async function attachedVex(image: ImageArtifact, { registries, signal }: Means) {
  const digests = [image.manifestDigest, image.indexDigest].filter((digest) => digest !== undefined);
  if (image.scheme !== 'registry' || digests.length === 0)
    return { documents: [], problems: [notInRegistry(image.name)] };
  const request = { name: image.name, digests, registries, signal, isWanted: isVexAttachment };
  const { documents, problems } = await fetchReferrers(request);
  return { documents: [readAttachedVex(documents)], problems };
}

function notInRegistry(subject: string): Problem {
  const message = 'VEX that hangs on an image is asked of its registry; this image was not taken from one.';
  return { code: 'vex-not-in-registry', message, effect: 'note', subject };
}

/** Sets the decisions of findings: VEX first, then exceptions, then the baseline. None is taken away. Pure. */
export function decide<F extends FindingBase>(
  findings: readonly F[],
  decisions: Decisions,
  about: { readonly artifact: Artifact; readonly inventory: Inventory; readonly today: string },
): { readonly findings: readonly F[]; readonly problems: readonly Problem[] } {
  const { artifact, inventory, today } = about;
  const digests = digestsOf(artifact);
  const names = referencesOf(artifact);
  const statements = decisions.vex.flatMap((one) => one.statements);
  const context = { names, digests, packages: inventory.packages, ...describes(artifact, inventory) };
  const byVex = statements.length === 0 ? untouched(findings) : applyVex(findings, statements, context);
  const ofFindings = decisions.exceptions.filter(({ kind }) => kind !== 'policy');
  const byException = applyExceptions(byVex.findings, ofFindings, {
    artifact: namesOf(artifact),
    today,
  });
  const { baseline } = decisions;
  const byBaseline = baseline
    ? applyBaseline(byException.findings, baseline.content, baseline.file)
    : untouched(byException.findings);
  const problems = [...decisions.problems, ...byVex.problems, ...byException.problems, ...byBaseline.problems];
  return { findings: byBaseline.findings, problems };
}

function untouched<F>(findings: readonly F[]): { findings: readonly F[]; problems: readonly Problem[] } {
  return { findings, problems: [] };
}

/** Every name of an artifact that decisions may be limited to. */
export function namesOf(artifact: Artifact): string[] {
  return [...referencesOf(artifact), ...digestsOf(artifact)];
}

function referencesOf(artifact: Artifact): string[] {
  return artifact.kind === 'image' ? [...new Set([artifact.name, ...artifact.tags])] : [artifact.name];
}

function digestsOf(artifact: Artifact): string[] {
  if (artifact.kind !== 'image') return [];
  return [artifact.manifestDigest, artifact.indexDigest, artifact.configDigest].filter(
    (digest) => digest !== undefined,
  );
}

function describes(artifact: Artifact, { distribution }: Inventory) {
  return {
    ...(artifact.kind === 'image' && { architecture: artifact.platform.architecture }),
    ...(distribution && { distribution }),
  };
}
