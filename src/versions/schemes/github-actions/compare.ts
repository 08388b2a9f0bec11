import { ok, type Result } from '#foundation/index.ts';
import { compareParsed, unreadable } from '../../ordering.ts';
import { compareSemantic, parseSemantic, type SemanticGrammar, type SemanticVersion } from '../../semantic.ts';
import type { Ordering } from '../../version-scheme.ts';

const grammar: SemanticGrammar = { scheme: 'github-actions', prefix: 'v' };
const moving: SemanticGrammar = { ...grammar, minNumbers: 1, maxNumbers: 2 };

export function compareGithubActions(a: string, b: string): Result<Ordering> {
  return compareParsed(parseTag(a), parseTag(b), compareSemantic);
}

/** `v4` and `v4.1` are moved from release to release: which version they stand for cannot be told from their name. */
function parseTag(text: string): Result<SemanticVersion> {
  const tag = parseSemantic(text, grammar);
  if (tag.ok || !parseSemantic(text, moving).ok) return tag.ok ? ok(tag.value) : tag;
  return unreadable('github-actions', text, 'it is a moving tag; look up the full version or commit it points to');
}
