import { createHash } from 'node:crypto';
import type { FileWish, PathPattern, Reader } from '#artifact/index.ts';

import type { SearchSettings } from './reader-set.ts';

/** On systems with a merged /usr the left side is a link to the right; asking for both at once spares a second reading. */
const USUAL_LINKS: readonly (readonly [string, string])[] = [
  ['lib/', 'usr/lib/'],
  ['lib64/', 'usr/lib64/'],
  ['bin/', 'usr/bin/'],
  ['sbin/', 'usr/sbin/'],
  ['var/run/', 'run/'],
  // Release files: etc/fedora-release -> ../usr/lib/fedora-release and many more.
  ['etc/', 'usr/lib/'],
];

/** What all readers want of a layer, with the places where it usually lies when links are on the way. */
export function wishesOf(readers: readonly Reader[]): FileWish[] {
  return readers.flatMap(({ id, files: patterns }) => {
    const own = new Set(patterns.flatMap((pattern) => (pattern.kind === 'path' ? [pattern.path] : [])));
    const wishes = patterns.map((pattern): FileWish => ({ reader: id, pattern }));
    const usual = patterns
      .flatMap((pattern) => usualPlaces(id, pattern))
      .filter(({ pattern }) => !own.has(pattern.path));
    return [...wishes, ...usual];
  });
}

function usualPlaces(reader: string, pattern: PathPattern) {
  if (pattern.kind !== 'path') return [];
  return USUAL_LINKS.filter(([from]) => pattern.path.startsWith(from)).map(([from, to]) => ({
    reader,
    pattern: { ...pattern, path: to + pattern.path.slice(from.length) },
    askedFor: pattern.path,
  }));
}

/** Changes whenever an analysis of the same bytes could come out differently: readers, their revisions and settings, what they ask for. */
export function analysersKey(readers: readonly Reader[], wishes: readonly FileWish[], search: SearchSettings): string {
  const revisions = readers.map(({ id, revision }) => [id, revision]);
  return createHash('sha256')
    .update(JSON.stringify([revisions, wishes, search]))
    .digest('hex');
}
