import type { Container } from '#runtime/index.ts';

/** `any`: in containers; `host`: outside of them; else containers by the beginning of id, name or image. */
export function containerFilter(word: string | undefined): ((container: Container | undefined) => boolean) | undefined {
  if (word === undefined) return undefined;
  if (word === 'any') return (container) => container !== undefined;
  if (word === 'host') return (container) => container === undefined;
  return (container) =>
    container !== undefined &&
    (container.fullId.startsWith(word) ||
      container.name?.startsWith(word) === true ||
      container.image?.name.startsWith(word) === true ||
      container.image?.repository.split('/').pop() === word);
}
