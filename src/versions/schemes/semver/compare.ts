import type { Result } from '#foundation/index.ts';
import { compareParsed } from '../../ordering.ts';
import { compareSemantic, parseSemantic, type SemanticGrammar } from '../../semantic.ts';
import type { Ordering } from '../../version-scheme.ts';

/** The specification's grammar; a leading `v`, which tags and advisories carry, is passed over. */
const grammar: SemanticGrammar = { scheme: 'semver', prefix: 'v' };

export function compareSemver(a: string, b: string): Result<Ordering> {
  return compareParsed(parseSemantic(a, grammar), parseSemantic(b, grammar), compareSemantic);
}
