import { err, ok, type Result } from '#foundation/index.ts';
import { type Digest, parseDigest } from '#model/index.ts';
import type { HistoryEntry, ImageConfig, Platform } from '../artifact.ts';
import { normalise } from '../platform/platform.ts';
import { asArray, asObject, asText, asTextMap, asTexts, type JsonObject, parseJsonObject } from './json.ts';

/** Largest image configuration that is read. Real ones have a few kilobytes. */
export const maxConfigBytes = 8 * 1024 * 1024;

export interface ImageConfigDocument {
  readonly platform: Platform;
  readonly config: ImageConfig;
  /** Digests of the uncompressed layers, bottom first. */
  readonly diffIds: readonly Digest[];
}

/** Reads an image configuration (OCI image-spec, config.md; Docker's is the same for our purposes). */
export function parseConfig(bytes: Uint8Array): Result<ImageConfigDocument> {
  const json = parseJsonObject(bytes);
  if (!json.ok) return json;
  const diffIds = parseDiffIds(asObject(json.value['rootfs']));
  if (!diffIds.ok) return diffIds;
  return ok({
    platform: parseConfigPlatform(json.value),
    config: parseImageConfig(json.value),
    diffIds: diffIds.value,
  });
}

function parseDiffIds(rootfs: JsonObject): Result<Digest[]> {
  if (!Array.isArray(rootfs['diff_ids'])) return err('it lists no layers (rootfs.diff_ids)');
  const diffIds: Digest[] = [];
  for (const item of rootfs['diff_ids']) {
    const digest = parseDigest(asText(item) ?? '');
    if (!digest.ok) return err(`rootfs.diff_ids: ${digest.error}`);
    diffIds.push(digest.value);
  }
  return ok(diffIds);
}

function parseConfigPlatform(document: JsonObject): Platform {
  return normalise(
    asText(document['os']) ?? 'unknown',
    asText(document['architecture']) ?? 'unknown',
    asText(document['variant']),
  );
}

function parseImageConfig(document: JsonObject): ImageConfig {
  const run = asObject(document['config']);
  const created = asText(document['created']);
  const author = asText(document['author']);
  const user = asText(run['User']);
  const workingDir = asText(run['WorkingDir']);
  return {
    ...(created !== undefined && { created }),
    ...(author !== undefined && { author }),
    ...(user !== undefined && { user }),
    env: asTexts(run['Env']),
    entrypoint: asTexts(run['Entrypoint']),
    cmd: asTexts(run['Cmd']),
    ...(workingDir !== undefined && { workingDir }),
    exposedPorts: Object.keys(asObject(run['ExposedPorts'])),
    volumes: Object.keys(asObject(run['Volumes'])),
    labels: asTextMap(run['Labels']),
    ...(run['Healthcheck'] !== undefined && { healthcheck: run['Healthcheck'] }),
    history: asArray(document['history']).map(parseHistoryEntry),
  };
}

function parseHistoryEntry(value: unknown): HistoryEntry {
  const entry = asObject(value);
  const created = asText(entry['created']);
  const createdBy = asText(entry['created_by']);
  const comment = asText(entry['comment']);
  return {
    ...(created !== undefined && { created }),
    ...(createdBy !== undefined && { createdBy }),
    ...(comment !== undefined && { comment }),
    emptyLayer: entry['empty_layer'] === true,
  };
}

/** The build step of each layer, or nothing at all where history and layers do not tally: a wrong culprit is worse than none. */
export function layerInstructions(
  history: readonly HistoryEntry[],
  layerCount: number,
): readonly (string | undefined)[] {
  const steps = history.filter((entry) => !entry.emptyLayer);
  return steps.length === layerCount ? steps.map((entry) => entry.createdBy) : [];
}
