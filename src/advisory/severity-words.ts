import type { Severity } from '#model/index.ts';

/** Publishers' own words for a rating. Words that are no rating (`not yet assigned`, `unknown`, `untriaged`) map to nothing. */
const WORDS: ReadonlyMap<string, Severity> = new Map([
  ['critical', 'critical'],
  ['high', 'high'],
  ['important', 'high'],
  ['medium', 'medium'],
  ['moderate', 'medium'],
  // Gentoo's middle.
  ['normal', 'medium'],
  ['low', 'low'],
  ['minor', 'low'],
  ['negligible', 'info'],
  ['unimportant', 'info'],
  ['none', 'info'],
]);

/** Debian marks ratings taken from elsewhere with asterisks: `high**`. */
export function severityFromWord(word: string | undefined): Severity | undefined {
  return word === undefined ? undefined : WORDS.get(word.toLowerCase().replace(/\*+$/, ''));
}
