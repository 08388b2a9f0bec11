import { ok, type Result } from '#foundation/index.ts';
import { compareParsed, unreadable } from '../../ordering.ts';
import { compareSemantic, parseSemantic, type SemanticGrammar, type SemanticVersion } from '../../semantic.ts';
import type { Ordering } from '../../version-scheme.ts';

const grammar: SemanticGrammar = { scheme: 'npm', prefix: 'v=' };

/** node-semver refuses what is longer, and numbers beyond the exact integers of JavaScript. */
const maxLength = 256;

export function compareNpm(a: string, b: string): Result<Ordering> {
  return compareParsed(parseNpm(a), parseNpm(b), compareSemantic);
}

function parseNpm(text: string): Result<SemanticVersion> {
  if (text.length > maxLength) return unreadable('npm', text, `it is longer than ${maxLength} characters`);
  const version = parseSemantic(text, grammar);
  if (!version.ok) return version;
  const { numbers } = version.value;
  for (let i = 0; i < numbers.length; i += 2) {
    const value = Number(text.slice(numbers[i], numbers[i + 1]));
    if (!Number.isSafeInteger(value)) return unreadable('npm', text, 'a number is too big');
  }
  return ok(version.value);
}
