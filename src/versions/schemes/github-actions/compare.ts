import { ok, type Result } from '#foundation/index.ts';
import { compareParsed, ordering, unreadable } from '../../ordering.ts';
import { compareSemantic, parseSemantic, type SemanticGrammar, type SemanticVersion } from '../../semantic.ts';
import type { Ordering } from '../../version-scheme.ts';

const grammar: SemanticGrammar = { scheme: 'github-actions', prefix: 'v' };
const moving: SemanticGrammar = { ...grammar, minNumbers: 1, maxNumbers: 2 };

/**
 * `v4` and `v4.1` are moved from release to release: which version they stand for cannot be told from their name, but every
 * one of them is older than `v5.0.0` and newer than `v3.9.0`.
 */
export function compareGithubActions(a: string, b: string): Result<Ordering> {
  const left = parseTag(a);
  const right = parseTag(b);
  if (!left.ok || !right.ok || !(isMoving(left.value) || isMoving(right.value)))
    return compareParsed(left, right, compareSemantic);
  const length = Math.min(left.value.numbers.length, right.value.numbers.length);
  const order = compareSemantic(firstNumbers(left.value, length), firstNumbers(right.value, length));
  return order === 0 ? unreadable('github-actions', isMoving(left.value) ? a : b, MOVING) : ordering(order);
}

const MOVING = 'it is a moving tag; look up the full version or commit it points to';

function isMoving({ numbers }: SemanticVersion): boolean {
  return numbers.length < 6;
}

function firstNumbers({ text, numbers }: SemanticVersion, length: number): SemanticVersion {
  return { text, numbers: numbers.slice(0, length), prerelease: '', build: '' };
}

function parseTag(text: string): Result<SemanticVersion> {
  const tag = parseSemantic(text, grammar);
  const short = tag.ok ? tag : parseSemantic(text, moving);
  if (!short.ok) return tag;
  const { prerelease, build } = short.value;
  const isOdd = isMoving(short.value) && (prerelease !== '' || build !== '');
  return isOdd ? unreadable('github-actions', text, 'a moving tag has no suffix') : ok(short.value);
}
