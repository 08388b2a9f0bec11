import type { Base, ImageName, Stage, Word } from '../document.ts';

/** What a stage begins from. Names of stages above it go before names of images. */
export function baseOf(word: Word, above: readonly Stage[]): Base {
  const name = word.value.toLowerCase();
  if (name === 'scratch') return { kind: 'scratch', word };
  const stage = above.findLastIndex((one) => one.name === name);
  if (stage >= 0) return { kind: 'stage', word, stage };
  return { kind: 'image', word, ...imageName(word.value) };
}

/** `registry:5000/name:tag@sha256:…` in its parts. */
export function imageName(reference: string): ImageName {
  const at = reference.indexOf('@');
  const name = at < 0 ? reference : reference.slice(0, at);
  // A colon in a variable's default, `${X:-y}`, parts nothing.
  const colon = name.lastIndexOf(':');
  const isTag = colon > name.lastIndexOf('/') && !/[}]/.test(name.slice(colon));
  return {
    repository: isTag ? name.slice(0, colon) : name,
    ...(isTag && { tag: name.slice(colon + 1) }),
    ...(at >= 0 && { digest: reference.slice(at + 1) }),
  };
}
