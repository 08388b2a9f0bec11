import type { ContainerImage } from '../container.ts';

/** Takes the name of an image apart as `container.image.*` has it: the tag follows the last `:` of the last part, a digest an `@`. */
export function parseImageName(
  name: string,
  digest: string | undefined,
  id: string | undefined,
): ContainerImage | undefined {
  if (name === '' && id === undefined) return undefined;
  const [beforeDigest = '', ownDigest] = name.split('@');
  const slash = beforeDigest.lastIndexOf('/');
  const colon = beforeDigest.indexOf(':', slash + 1);
  return {
    name,
    repository: colon < 0 ? beforeDigest : beforeDigest.slice(0, colon),
    tag: colon < 0 ? undefined : beforeDigest.slice(colon + 1),
    digest: ownDigest ?? digest,
    id,
  };
}
