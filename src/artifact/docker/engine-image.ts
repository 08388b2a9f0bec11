import { join } from 'node:path';
import { ok, type Result } from '#foundation/index.ts';
import { type Digest, parseDigest } from '#model/index.ts';
import { openImageArchive } from '../archive/image-archive.ts';
import type { ImageArtifact, TargetScheme } from '../artifact.ts';
import { asArray, asText, asTexts, type JsonObject, parseJsonObject } from '../image/json.ts';
import { archiveMembers } from '../members/archive-members.ts';
import { type OpenContext, wishFor } from '../open-options.ts';
import { asImageId } from '../reference/local-names.ts';
import { parseReference } from '../reference/reference.ts';
import { fromHttpError, type TargetError, targetError } from '../target-error.ts';
import type { EngineApi } from './address.ts';

/** What an engine says about an image that it holds. */
export interface InspectedImage {
  /** Digest of the configuration; of the manifest or index with newer Docker's containerd store. */
  readonly id: Digest;
  readonly tags: readonly string[];
}

/** Answers about an image or the engine come at once or never. */
const ANSWER_MS = 20_000;
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
const MAX_ARCHIVE_BYTES = 64 * 2 ** 30;

/** Asks for an image by name or id. */
export async function inspectImage(
  api: EngineApi,
  name: string,
  signal: AbortSignal,
): Promise<Result<InspectedImage, TargetError>> {
  // Only what can be a name becomes part of the path.
  if (!parseReference(name).ok && asImageId(name) === undefined)
    return targetError('not-found', `${name} is no image name`);
  const answer = await askJson(api, `/images/${name}/json`, signal);
  if (!answer.ok)
    return answer.error.code === 'not-found' ? targetError('not-found', `the engine does not hold ${name}`) : answer;
  const id = parseDigest(asText(answer.value['Id']) ?? '');
  if (!id.ok) return targetError('invalid', `the engine describes ${name} without an image id`);
  return ok({ id: id.value, tags: asTexts(asArray(answer.value['RepoTags'])) });
}

async function askJson(api: EngineApi, path: string, signal: AbortSignal): Promise<Result<JsonObject, TargetError>> {
  const answer = await api.client.request(`${api.base}${path}`, {
    signal,
    maxBytes: MAX_ANSWER_BYTES,
    totalMs: ANSWER_MS,
  });
  if (!answer.ok)
    return answer.error.code === 'unreachable'
      ? targetError('unreachable', `the engine cannot be reached: ${answer.error.message}`)
      : fromHttpError(answer.error);
  const { status, body } = answer.value;
  if (status === 404) return targetError('not-found', 'the engine does not know that');
  if (status !== 200) return targetError('unreachable', `the engine answered ${status}`);
  const document = parseJsonObject(body);
  return document.ok ? document : targetError('invalid', `the engine's answer cannot be read: ${document.error}`);
}

/** Has the engine write the image as an archive, into temporary space. The way for engines whose files cannot be read from here. */
export async function openExportedImage(
  api: EngineApi,
  image: InspectedImage,
  name: string,
  scheme: TargetScheme,
  context: OpenContext,
): Promise<Result<ImageArtifact, TargetError>> {
  const spool = context.newSpool();
  const opened = await exportAndOpen(api, image, name, scheme, context, spool);
  if (!opened.ok) await spool.close();
  return opened;
}

async function exportAndOpen(
  api: EngineApi,
  image: InspectedImage,
  name: string,
  scheme: TargetScheme,
  context: OpenContext,
  spool: ReturnType<OpenContext['newSpool']>,
): Promise<Result<ImageArtifact, TargetError>> {
  const { signal } = context;
  const path = join(spool.path(), 'image.tar');
  const saved = await api.client.download(`${api.base}/images/${name}/get`, path, {
    signal,
    maxBytes: MAX_ARCHIVE_BYTES,
    durable: false,
  });
  if (!saved.ok) return fromHttpError(saved.error);
  const members = await archiveMembers(path, spool, signal);
  if (!members.ok) return members;
  const wish = wishFor(image.tags[0] ?? name, context);
  return openImageArchive(members.value, { ...wish, scheme, close: () => spool.close() });
}

/** What an engine says about itself. */
export async function engineInfo(
  api: EngineApi,
  signal: AbortSignal,
): Promise<{ readonly root: string; readonly driver: string } | undefined> {
  const info = await askJson(api, '/info', signal);
  const root = info.ok ? asText(info.value['DockerRootDir']) : undefined;
  const driver = info.ok ? asText(info.value['Driver']) : undefined;
  return root?.startsWith('/') && driver !== undefined ? { root, driver } : undefined;
}
