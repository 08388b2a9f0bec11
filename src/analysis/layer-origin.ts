import type { ImageArtifact } from '#artifact/index.ts';
import type { LayerOrigin } from '#model/index.ts';

/** What is known of each layer's origin, bottom first. */
export function layerOrigins(image: ImageArtifact): LayerOrigin[] {
  const partOf = layerParts(image);
  return image.layers.map(({ index, diffId, instruction }) => ({
    index,
    diffId,
    ...(instruction === undefined ? {} : { instruction }),
    part: partOf(index),
  }));
}

type PartOfLayer = (index: number) => LayerOrigin['part'];

const NEW_BUILD_MS = 60 * 60 * 1000;

/**
 * Tells base from own layers, and says `unknown` where neither labels nor history tell. Nothing states how many layers the
 * base has, so the history must show a seam: an image ends with the command it runs (CMD or ENTRYPOINT), and layers after
 * that belong to an image built on top. A command may also stand in the middle of one Dockerfile; the seam counts only when
 * the image says that it has a base, or when the next step was made on another occasion.
 */
function layerParts(image: ImageArtifact): PartOfLayer {
  const base = image.config.labels['org.opencontainers.image.base.name'];
  if (base === 'scratch') return () => 'own';
  const seam = findSeam(
    image,
    base !== undefined || image.config.labels['org.opencontainers.image.base.digest'] !== undefined,
  );
  return (index) => (seam === undefined ? 'unknown' : index < seam ? 'base' : 'own');
}

/** The number of layers below the last seam that counts. */
function findSeam(image: ImageArtifact, hasBase: boolean): number | undefined {
  const { history } = image.config;
  if (history.filter((entry) => !entry.emptyLayer).length !== image.layers.length) return undefined;
  let layers = image.layers.length;
  let later: (typeof history)[number] | undefined;
  for (const entry of history.toReversed()) {
    const isEnd = entry.emptyLayer && /(?:^|\s)(?:CMD|ENTRYPOINT)\s/.test(entry.createdBy ?? '');
    if (isEnd && layers < image.layers.length && (hasBase || isAnotherBuild(entry.created, later?.created)))
      return layers;
    if (!entry.emptyLayer) layers--;
    later = entry;
  }
  return undefined;
}

function isAnotherBuild(before: string | undefined, after: string | undefined): boolean {
  return Date.parse(after ?? '') - Date.parse(before ?? '') > NEW_BUILD_MS;
}
