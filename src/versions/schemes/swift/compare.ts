import type { Result } from '#foundation/index.ts';
import { compareParsed } from '../../ordering.ts';
import { compareSemantic, parseSemantic, type SemanticGrammar } from '../../semantic.ts';
import type { Ordering } from '../../version-scheme.ts';

/** Strict semantic versions; the package manager passes over the `v` of a tag. */
const grammar: SemanticGrammar = { scheme: 'swift', prefix: 'v' };

export function compareSwift(a: string, b: string): Result<Ordering> {
  return compareParsed(parseSemantic(a, grammar), parseSemantic(b, grammar), compareSemantic);
}
