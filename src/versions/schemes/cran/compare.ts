import type { Result } from '#foundation/index.ts';
import { compareNumericLists, parseNumericList } from '../../numeric-list.ts';
import { compareParsed } from '../../ordering.ts';
import type { Ordering } from '../../version-scheme.ts';

/** Numbers between dots or hyphens, which mean the same: `1.2-3` is `1.2.3`. */
export function compareCran(a: string, b: string): Result<Ordering> {
  return compareParsed(parseNumericList('cran', a, '.-'), parseNumericList('cran', b, '.-'), compareNumericLists);
}
