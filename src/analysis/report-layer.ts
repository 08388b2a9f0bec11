import { statSync } from 'node:fs';
import type { ImageLayer, LayerContent } from '#artifact/index.ts';
import type { Problem } from '#foundation/index.ts';
import { type Digest, digestAlgorithm } from '#model/index.ts';
import { type Executed, type Executor, failedReport } from './executor.ts';
import { digestFilePart, type FilePart, fileIdentity, isCompressed } from './file-identity.ts';
import type { LayerCache } from './layer-cache.ts';
import { isComplete, type LayerReport, type LayerTask, REPORT_FORMAT } from './layer-report.ts';
import { packReport } from './packed-report.ts';
import type { Slots } from './slots.ts';

export interface ReportingContext {
  readonly executor: Executor;
  readonly cache: LayerCache | undefined;
  readonly wishes: LayerTask['wishes'];
  readonly search: LayerTask['search'];
  readonly profile: boolean;
  /** See `analysersKey`. */
  readonly analysers: string;
  readonly verifyDiffIds: boolean;
  readonly fetches: Slots;
  readonly signal: AbortSignal;
}

export interface ReportedLayer {
  readonly report: LayerReport;
  readonly cached: boolean;
}

/** Brings the report of one layer: from the cache where its content is proven to be what the cache knows, else by reading it. */
export async function reportLayer(layer: ImageLayer, context: ReportingContext): Promise<ReportedLayer> {
  const { content } = layer;
  if (content.kind === 'remote') return reportRemote(layer, content, context);
  if (content.kind === 'file') return reportFile(layer, content, context);
  // No digest covers what lies in a directory, so nothing may be kept under one; reading it is quick.
  const { report } = await context.executor.run(
    { source: content, ...wishedFor(context), isLowest: isLowest(layer) },
    false,
  );
  return { report, cached: false };
}

async function reportRemote(
  layer: ImageLayer,
  content: Extract<LayerContent, { kind: 'remote' }>,
  context: ReportingContext,
): Promise<ReportedLayer> {
  const key = layer.blobDigest && reportKey('stored', layer.blobDigest, layer, context);
  const known = key && context.cache?.get(key);
  if (known) return { report: checkedDiffId(layer, known), cached: true };
  // Held until the blob is gone again, so that only so many lie on disk at a time.
  const leave = await context.fetches.take();
  try {
    const blob = await content.fetch(context.signal);
    try {
      const file: FilePart = { path: blob.path, offset: 0, length: statSync(blob.path).size };
      return key === undefined
        ? await reportFile(layer, file, context)
        : await reportVerified(layer, file, key, context);
    } finally {
      await blob.release();
    }
  } catch (error) {
    context.signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    return { report: failedReport(reason, 'layer-unavailable'), cached: false };
  } finally {
    leave();
  }
}

/** A blob that the fetch has verified already, in a file that is ours alone. */
async function reportVerified(
  layer: ImageLayer,
  file: FilePart,
  key: string,
  context: ReportingContext,
): Promise<ReportedLayer> {
  const executed = await context.executor.run(
    taskFor(layer, file, context, context.verifyDiffIds),
    context.cache !== undefined,
  );
  return { report: checkedDiffId(layer, keep(executed, key, context), file), cached: false };
}

async function reportFile(layer: ImageLayer, file: FilePart, context: ReportingContext): Promise<ReportedLayer> {
  try {
    const digest = layer.blobDigest ?? (isCompressed(file) ? undefined : layer.diffId);
    return digest === undefined
      ? await reportUnpacked(layer, file, context)
      : await reportStored(layer, file, digest, context);
  } catch (error) {
    context.signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    return { report: failedReport(reason, 'layer-unavailable'), cached: false };
  }
}

/** The digest of the bytes as they lie there is known: it is computed in this thread while another walks the layer. */
async function reportStored(
  layer: ImageLayer,
  file: FilePart,
  digest: Digest,
  context: ReportingContext,
): Promise<ReportedLayer> {
  const { cache } = context;
  const key = reportKey('stored', digest, layer, context);
  const before = fileIdentity(file);
  const known = cache?.get(key);
  const isVerified = cache?.isVerified(before.key, digest) === true;
  const verification = isVerified ? undefined : digestFilePart(file, digestAlgorithm(digest), context.signal);
  if (known && (isVerified || (await verification) === digest)) {
    if (!isVerified && before.settled) cache?.markVerified(before.key, digest);
    return { report: checkedDiffId(layer, known, file), cached: true };
  }
  const [executed, computed] = await Promise.all([
    context.executor.run(
      taskFor(layer, file, context, context.verifyDiffIds && digest !== layer.diffId),
      cache !== undefined,
    ),
    verification ?? digest,
  ]);
  if (computed !== digest || fileIdentity(file).key !== before.key)
    return { report: mismatched(executed.report, digest), cached: false };
  if (before.settled) cache?.markVerified(before.key, digest);
  return { report: checkedDiffId(layer, keep(executed, key, context), file), cached: false };
}

/** Compressed, and only the digest of the unpacked bytes is known (docker-archive): it is computed while they are walked. */
async function reportUnpacked(layer: ImageLayer, file: FilePart, context: ReportingContext): Promise<ReportedLayer> {
  const { cache } = context;
  const key = reportKey('unpacked', layer.diffId, layer, context);
  const before = fileIdentity(file);
  const known = cache?.isVerified(before.key, layer.diffId) ? cache.get(key) : undefined;
  if (known) return { report: known, cached: true };
  const executed = await context.executor.run(taskFor(layer, file, context, true), cache !== undefined);
  const { diffId } = executed.report;
  // Without a digest the archive was not read to its end, and a problem says why.
  if (diffId === undefined) return { report: executed.report, cached: false };
  if (diffId !== layer.diffId || fileIdentity(file).key !== before.key)
    return { report: mismatched(executed.report, layer.diffId), cached: false };
  if (before.settled) cache?.markVerified(before.key, layer.diffId);
  return { report: keep(executed, key, context), cached: false };
}

function wishedFor({ wishes, search, profile }: ReportingContext) {
  return { wishes, search, ...(profile ? { profile } : {}) };
}

function taskFor(layer: ImageLayer, file: FilePart, context: ReportingContext, computeDiffId: boolean): LayerTask {
  const source = { kind: 'file', path: file.path, offset: file.offset, length: file.length } as const;
  const task = { source, ...wishedFor(context), isLowest: isLowest(layer) };
  return computeDiffId ? { ...task, diffIdAlgorithm: digestAlgorithm(layer.diffId) } : task;
}

/** Name space and digest: see the rules of `LayerCache`. The lowest layer's report is shorter, and of use as that only. */
function reportKey(
  space: 'stored' | 'unpacked',
  digest: Digest,
  layer: ImageLayer,
  { analysers, verifyDiffIds }: ReportingContext,
): string {
  return [REPORT_FORMAT, `${space} ${digest}`, analysers, verifyDiffIds, isLowest(layer)].join('\n');
}

function isLowest(layer: ImageLayer): boolean {
  return layer.index === 0;
}

/** Keeps a report of verified content, if it is whole. */
function keep({ report, packed }: Executed, key: string, context: ReportingContext): LayerReport {
  const sound = withoutCutSuspicion(report);
  if (packed && isComplete(sound))
    context.cache?.put(key, sound === report ? packed : packReport(JSON.stringify(sound)));
  return sound;
}

/** A missing end marker may mean that the archive was cut; where the digest holds, it was made that way. */
function withoutCutSuspicion(report: LayerReport): LayerReport {
  if (report.problems.every(({ code }) => code !== 'tar-no-end')) return report;
  const message = 'The archive has no end marker; its digest shows that it was made that way.';
  const problems = report.problems.map(
    (problem): Problem => (problem.code === 'tar-no-end' ? { ...problem, message, effect: 'note' } : problem),
  );
  return { ...report, problems };
}

/** Of an uncompressed blob the digest is known for nothing; of a compressed one where it was computed. */
function checkedDiffId(layer: ImageLayer, report: LayerReport, file?: FilePart): LayerReport {
  const { blobDigest, diffId } = layer;
  const isPlain = file !== undefined && blobDigest !== undefined && !isCompressed(file);
  const content = isPlain && digestAlgorithm(blobDigest) === digestAlgorithm(diffId) ? blobDigest : report.diffId;
  return content === undefined || content === diffId ? report : mismatched(report, diffId);
}

function mismatched(report: LayerReport, digest: Digest): LayerReport {
  const message = `The content of the layer does not have the digest that the image states (${digest}): it is damaged or was replaced. Fetch or build the image again.`;
  return {
    ...report,
    problems: [...report.problems, { code: 'layer-digest-mismatch', message, effect: 'incomplete' }],
  };
}
