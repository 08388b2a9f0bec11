import type { Result } from '#foundation/index.ts';
import { compareParsed } from '../../ordering.ts';
import { compareSemantic, parseSemantic, type SemanticGrammar } from '../../semantic.ts';
import type { Ordering } from '../../version-scheme.ts';

/** Elixir's `Version` demands all three numbers and allows no prefix. */
const grammar: SemanticGrammar = { scheme: 'hex' };

export function compareHex(a: string, b: string): Result<Ordering> {
  return compareParsed(parseSemantic(a, grammar), parseSemantic(b, grammar), compareSemantic);
}
