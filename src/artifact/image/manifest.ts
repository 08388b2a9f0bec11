import { err, ok, type Result } from '#foundation/index.ts';
import { type Digest, parseDigest } from '#model/index.ts';
import type { Platform } from '../artifact.ts';
import { normalise } from '../platform/platform.ts';
import { type TargetError, targetError } from '../target-error.ts';
import {
  asArray,
  asObject,
  asSize,
  asText,
  asTextMap,
  asTexts,
  isObject,
  type JsonObject,
  parseJsonObject,
} from './json.ts';
import { documentKind } from './media-types.ts';

/** Points at a blob: OCI image-spec, descriptor.md. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly annotations: Readonly<Record<string, string>>;
  readonly platform?: Platform;
  /** Where a foreign layer is to be had. Never fetched. */
  readonly urls: readonly string[];
  readonly artifactType?: string;
}

export interface ManifestDocument {
  readonly kind: 'manifest';
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

export interface IndexDocument {
  readonly kind: 'index';
  readonly manifests: readonly Descriptor[];
}

/** Largest manifest or index that is read, as the distribution specification recommends. */
export const maxManifestBytes = 4 * 1024 * 1024;
const MAX_LAYERS = 4_096;
const MAX_MANIFESTS = 4_096;

/**
 * Reads a manifest or index. `mediaType` is what its descriptor or the registry called it. A document that could be
 * read as both is refused: two readers could see two different images under one digest (CVE-2021-41190).
 */
export function parseManifest(
  bytes: Uint8Array,
  mediaType: string | undefined,
): Result<ManifestDocument | IndexDocument, TargetError> {
  const json = parseJsonObject(bytes);
  if (!json.ok) return targetError('invalid', json.error);
  const fault = unsupportedKind(json.value, mediaType);
  if (fault !== undefined) return targetError('unsupported', fault);
  const kind = decideKind(json.value, mediaType);
  if (!kind.ok) return targetError('invalid', kind.error);
  const document = kind.value === 'index' ? parseIndex(json.value) : parseImageManifest(json.value);
  return document.ok ? document : targetError('invalid', document.error);
}

/** The media type of a document that came without one: its own word, or its shape. */
export function inferMediaType(bytes: Uint8Array): Result<string> {
  const document = parseJsonObject(bytes);
  if (!document.ok) return document;
  const own = asText(document.value['mediaType']);
  if (own !== undefined && documentKind(own) !== undefined) return ok(own);
  return ok(`application/vnd.oci.image.${'manifests' in document.value ? 'index' : 'manifest'}.v1+json`);
}

function unsupportedKind(document: JsonObject, mediaType: string | undefined): string | undefined {
  const types = [asText(document['mediaType']), mediaType].filter((type) => type !== undefined);
  if ('fsLayers' in document || types.some((type) => documentKind(type) === 'legacy')) {
    return 'it is a schema 1 manifest, a format withdrawn years ago; push the image again with a current tool';
  }
  const strange = types.find((type) => documentKind(type) === undefined);
  return strange === undefined ? undefined : `its media type ${strange.slice(0, 120)} is no image manifest or index`;
}

function decideKind(document: JsonObject, mediaType: string | undefined): Result<'manifest' | 'index'> {
  const stated = asText(document['mediaType']);
  if (stated !== undefined && mediaType !== undefined && stated !== mediaType) {
    return err(`it calls itself ${stated} but was announced as ${mediaType}`);
  }
  const looksLikeIndex = 'manifests' in document;
  const looksLikeManifest = 'layers' in document || 'config' in document;
  if (looksLikeIndex && looksLikeManifest) return err('it can be read as manifest and as index, so it is neither');
  if (!looksLikeIndex && !looksLikeManifest) return err('it has neither layers nor manifests');
  const shape = looksLikeIndex ? 'index' : 'manifest';
  const type = stated ?? mediaType;
  const called = type === undefined ? shape : documentKind(type);
  return called === shape ? ok(shape) : err(`it is announced as ${called} and has the content of a ${shape}`);
}

function parseIndex(document: JsonObject): Result<IndexDocument> {
  const manifests = parseDescriptors(document['manifests'], MAX_MANIFESTS);
  return manifests.ok ? ok({ kind: 'index', manifests: manifests.value }) : err(`manifests: ${manifests.error}`);
}

function parseImageManifest(document: JsonObject): Result<ManifestDocument> {
  const config = parseDescriptor(document['config']);
  if (!config.ok) return err(`config: ${config.error}`);
  const layers = parseDescriptors(document['layers'], MAX_LAYERS);
  return layers.ok
    ? ok({ kind: 'manifest', config: config.value, layers: layers.value })
    : err(`layers: ${layers.error}`);
}

function parseDescriptors(value: unknown, most: number): Result<Descriptor[]> {
  if (!Array.isArray(value)) return err('not a list');
  if (value.length > most) return err(`more than ${most} entries`);
  const descriptors: Descriptor[] = [];
  for (const item of value) {
    const descriptor = parseDescriptor(item);
    if (!descriptor.ok) return descriptor;
    descriptors.push(descriptor.value);
  }
  return ok(descriptors);
}

function parseDescriptor(value: unknown): Result<Descriptor> {
  if (!isObject(value)) return err('a descriptor is missing');
  const digest = parseDigest(asText(value['digest']) ?? '');
  const size = asSize(value['size']);
  const mediaType = asText(value['mediaType']);
  if (!digest.ok) return err(`a descriptor has no readable digest: ${digest.error}`);
  if (size === undefined) return err(`the descriptor of ${digest.value} has no size`);
  if (mediaType === undefined) return err(`the descriptor of ${digest.value} has no media type`);
  const artifactType = asText(value['artifactType']);
  const platform = parseDescriptorPlatform(value['platform']);
  return ok({
    mediaType,
    digest: digest.value,
    size,
    annotations: asTextMap(value['annotations']),
    urls: asTexts(asArray(value['urls'])),
    ...(platform && { platform }),
    ...(artifactType !== undefined && { artifactType }),
  });
}

function parseDescriptorPlatform(value: unknown): Platform | undefined {
  const platform = asObject(value);
  const os = asText(platform['os']);
  const architecture = asText(platform['architecture']);
  if (os === undefined || architecture === undefined) return undefined;
  return normalise(os, architecture, asText(platform['variant']));
}
