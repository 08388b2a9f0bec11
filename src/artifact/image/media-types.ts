/** What a descriptor's media type makes of its content. */
export type DocumentKind = 'manifest' | 'index' | 'legacy';

const DOCUMENT_KINDS: ReadonlyMap<string, DocumentKind> = new Map([
  ['application/vnd.oci.image.manifest.v1+json', 'manifest'],
  ['application/vnd.docker.distribution.manifest.v2+json', 'manifest'],
  ['application/vnd.oci.image.index.v1+json', 'index'],
  ['application/vnd.docker.distribution.manifest.list.v2+json', 'index'],
  ['application/vnd.docker.distribution.manifest.v1+json', 'legacy'],
  ['application/vnd.docker.distribution.manifest.v1+prettyjws', 'legacy'],
]);

/** What a registry is asked for. The legacy types are left out: registries that can convert then do. */
export const acceptedManifestTypes: readonly string[] = [...DOCUMENT_KINDS].flatMap(([type, kind]) =>
  kind === 'legacy' ? [] : [type],
);

export function documentKind(mediaType: string): DocumentKind | undefined {
  return DOCUMENT_KINDS.get(mediaType);
}

const CONFIG_TYPES: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
]);

export function isImageConfig(mediaType: string): boolean {
  return CONFIG_TYPES.has(mediaType);
}

/** Why a layer cannot be read, by its media type; `readable` for those that can. */
export type LayerKind = 'readable' | 'encrypted' | 'foreign' | 'unknown';

const LAYER =
  /^application\/vnd\.(?:oci\.image\.layer\.v1\.tar|docker\.image\.rootfs\.diff\.tar)(?:[+.](?:gzip|zstd))?$/;
const FOREIGN =
  /^application\/vnd\.(?:oci\.image\.layer\.nondistributable\.v1\.tar|docker\.image\.rootfs\.foreign\.diff\.tar)(?:[+.](?:gzip|zstd))?$/;

export function layerKind(mediaType: string): LayerKind {
  if (mediaType.endsWith('+encrypted')) return 'encrypted';
  if (LAYER.test(mediaType)) return 'readable';
  return FOREIGN.test(mediaType) ? 'foreign' : 'unknown';
}
