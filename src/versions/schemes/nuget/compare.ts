import type { Result } from '#foundation/index.ts';
import { compareParsed } from '../../ordering.ts';
import { compareSemantic, parseSemantic, type SemanticGrammar } from '../../semantic.ts';
import type { Ordering } from '../../version-scheme.ts';

const grammar: SemanticGrammar = { scheme: 'nuget', minNumbers: 1, maxNumbers: 4, leadingZeros: true };

/** One to four numbers; pre-release labels are compared without regard to case. */
export function compareNuget(a: string, b: string): Result<Ordering> {
  return compareParsed(
    parseSemantic(a.toLowerCase(), grammar),
    parseSemantic(b.toLowerCase(), grammar),
    compareSemantic,
  );
}
