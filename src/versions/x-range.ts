import { err, ok, type Result } from '#foundation/index.ts';
import { accept } from './constraint-logic.ts';
import { compareParsed, quoted } from './ordering.ts';
import { compareSemantic, parseSemantic, type SemanticVersion } from './semantic.ts';
import type { Ordering } from './version-scheme.ts';

// What the dialects with `^1.2`, `~1.2` and `1.2.x` share: partial versions and the bounds that they stand for.

/** A version of which the last numbers may be left open (`1.2`, `1.2.x`, `*`). */
export interface PartialVersion {
  /** The numbers given, at most three, as digits. */
  readonly numbers: readonly string[];
  readonly prerelease: string;
}

/** One bound on whole versions; `operator` is one of `<`, `<=`, `>`, `>=`. */
export interface Bound {
  readonly operator: string;
  readonly version: string;
  /** The three numbers when the bound itself is a pre-release; resolvers admit pre-releases of these only. */
  readonly prereleaseOf?: string;
}

const partial = /^[v=\s]*(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:-([\dA-Za-z.-]+))?(?:\+[\dA-Za-z.-]+)?$/;

export function parsePartial(text: string): Result<PartialVersion> {
  const match = partial.exec(text);
  if (!match) return err(`${quoted(text)} is no version or part of one`);
  const parts = match.slice(1, 4);
  const open = parts.findIndex((part) => part === undefined || !/^\d/.test(part));
  const numbers = (open < 0 ? parts : parts.slice(0, open)).map((digits) => digits ?? '');
  return ok({ numbers, prerelease: match[4] ?? '' });
}

export function isWhole({ numbers }: PartialVersion): boolean {
  return numbers.length === 3;
}

/** The first version that the partial one covers: `1.2` begins at `1.2.0`. */
export function firstOf({ numbers, prerelease }: PartialVersion, suffix = ''): string {
  const [major = '0', minor = '0', patch = '0'] = numbers;
  const whole = `${major}.${minor}.${patch}`;
  return prerelease && numbers.length === 3 ? `${whole}-${prerelease}` : whole + suffix;
}

/** The numbers after which the first `count` numbers have changed: after `1.2` comes `1.3.0`. */
export function nextAfter({ numbers }: PartialVersion, count: number): string {
  const kept = numbers.slice(0, count);
  const last = kept.pop() ?? '0';
  const next = [...kept, String(BigInt(last) + 1n), '0', '0'];
  return next.slice(0, 3).join('.');
}

/** How many numbers a caret holds: up to the first that is not 0, or all that are given. */
export function caretDepth({ numbers }: PartialVersion): number {
  const index = numbers.findIndex((digits) => /[1-9]/.test(digits));
  return index < 0 ? numbers.length : index + 1;
}

export function bound(operator: string, version: string, prereleaseOf?: string): Bound {
  return { operator, version, ...(prereleaseOf !== undefined && { prereleaseOf }) };
}

const grammar = { scheme: 'semver', prefix: 'v=', leadingZeros: true } as const;

export function parseWhole(text: string): Result<SemanticVersion> {
  return parseSemantic(text.trim(), grammar);
}

export function satisfiesBound(
  version: Result<SemanticVersion>,
  { operator, version: operand }: Bound,
): Result<boolean> {
  const order: Result<Ordering> = compareParsed(version, parseWhole(operand), compareSemantic);
  return accept(operator, order);
}

/** The numbers of a version as text, to tell pre-releases of the same release. */
export function tupleOf({ text, numbers }: SemanticVersion): string {
  const parts: string[] = [];
  for (let i = 0; i < numbers.length; i += 2) parts.push(text.slice(numbers[i], numbers[i + 1]));
  return parts.join('.');
}
