import type { Result } from '#foundation/index.ts';
import { compareParsed } from '../../ordering.ts';
import {
  compareIdentifiers,
  compareSemantic,
  parseSemantic,
  type SemanticGrammar,
  type SemanticVersion,
} from '../../semantic.ts';
import type { Ordering } from '../../version-scheme.ts';

const grammar: SemanticGrammar = { scheme: 'pub', prefix: 'v', leadingZeros: true };

export function comparePub(a: string, b: string): Result<Ordering> {
  return compareParsed(parseSemantic(a, grammar), parseSemantic(b, grammar), compareWithBuilds);
}

/** Unlike the specification, pub orders builds too: none comes first, the others by their identifiers. */
function compareWithBuilds(a: SemanticVersion, b: SemanticVersion): number {
  const sign = compareSemantic(a, b);
  if (sign !== 0) return sign;
  if (a.build === '' || b.build === '') return Number(b.build === '') - Number(a.build === '');
  return compareIdentifiers(a.build, b.build);
}
