import { err, ok, type Result } from '#foundation/index.ts';
import type { VersionConstraint } from './constraint.ts';
import { quoted } from './ordering.ts';
import type { Ordering } from './version-scheme.ts';

/** Longer constraints do not occur; the bound keeps what follows from hostile sizes. */
const maxLength = 20_000;
const maxParts = 1_000;
const tooManyParts = `a constraint of more than ${maxParts} parts is too long to read`;

export const everything: VersionConstraint = { satisfies: () => ok(true) };

/** Inside when all parts say so. An unreadable version stays an error unless another part already rules it out. */
export function allOf(parts: readonly VersionConstraint[]): VersionConstraint {
  return {
    satisfies: (version, options) =>
      decide(
        parts.map((part) => part.satisfies(version, options)),
        false,
      ),
  };
}

/** Inside when one part says so. */
export function anyOf(parts: readonly VersionConstraint[]): VersionConstraint {
  return {
    satisfies: (version, options) =>
      decide(
        parts.map((part) => part.satisfies(version, options)),
        true,
      ),
  };
}

function decide(answers: readonly Result<boolean>[], deciding: boolean): Result<boolean> {
  let undecided = ok(!deciding) as Result<boolean>;
  for (const answer of answers) {
    if (answer.ok && answer.value === deciding) return answer;
    if (!answer.ok) undecided = answer;
  }
  return undecided;
}

/** Parses every item of a list, in order; the first failure is the result. */
export function parseEach<S, T>(items: readonly S[], parse: (item: S) => Result<T>): Result<T[]> {
  if (items.length > maxParts) return err(tooManyParts);
  const values: T[] = [];
  for (const item of items) {
    const value = parse(item);
    if (!value.ok) return value;
    values.push(value.value);
  }
  return ok(values);
}

/** `a || b`: parses each alternative and joins them. */
export function parseAlternatives(
  text: string,
  separator: RegExp,
  parse: (text: string) => Result<VersionConstraint>,
): Result<VersionConstraint> {
  if (text.length > maxLength) return err(`a constraint of ${text.length} characters is too long to read`);
  const parts = parseEach(text.split(separator), parse);
  return parts.ok ? ok(anyOf(parts.value)) : parts;
}

export interface Comparator {
  /** Empty when only a version was written. */
  readonly operator: string;
  readonly version: string;
}

/** Splits `>= 1.2, < 2` and `>=1.2 <2` into operators and versions; `operators` lists what may stand before a version, longest first. */
export function parseComparators(text: string, operators: readonly string[]): Result<Comparator[]> {
  const comparators: Comparator[] = [];
  let at = 0;
  for (;;) {
    while (/[\s,]/.test(text.charAt(at))) at++;
    if (at >= text.length) return ok(comparators);
    if (comparators.length === maxParts) return err(tooManyParts);
    const operator = operators.find((candidate) => text.startsWith(candidate, at)) ?? '';
    at += operator.length;
    while (/\s/.test(text.charAt(at))) at++;
    const start = at;
    while (at < text.length && !endsVersion(text, at, start)) at++;
    // Anything else at the start is an operator of another dialect: `~ 1` must not be read as the versions `~` and `1`.
    if (!/^[\dA-Za-z*"']/.test(text.charAt(start)))
      return err(`${quoted(text)} has no version after ${JSON.stringify(operator)}`);
    comparators.push({ operator, version: unquoted(text.slice(start, at)) });
  }
}

/** A version goes on until a blank, a comma or the next operator. `!`, `~`, `^` and `=` also occur inside versions. */
function endsVersion(text: string, at: number, start: number): boolean {
  const character = text.charAt(at);
  if (/[\s,<>|()]/.test(character)) return true;
  return (character === '=' && at > start) || text.startsWith('!=', at);
}

function unquoted(version: string): string {
  const [first] = version;
  const isQuoted = version.length > 2 && (first === '"' || first === "'") && version.endsWith(first);
  return isQuoted ? version.slice(1, -1) : version;
}

const accepts: Readonly<Record<string, (sign: Ordering) => boolean>> = {
  '': (sign) => sign === 0,
  '=': (sign) => sign === 0,
  '==': (sign) => sign === 0,
  '!=': (sign) => sign !== 0,
  '<>': (sign) => sign !== 0,
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '=<': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '>=': (sign) => sign >= 0,
  '=>': (sign) => sign >= 0,
};

export const orderOperators = ['<=', '=<', '>=', '=>', '==', '!=', '<>', '<', '>', '='] as const;

/** What an operator says of the comparison of a version with its operand. */
export function accept(operator: string, order: Result<Ordering>): Result<boolean> {
  if (!order.ok) return order;
  const rule = accepts[operator];
  return rule ? ok(rule(order.value)) : err(`${JSON.stringify(operator)} is no comparison operator`);
}
