import { err, ok, type Result } from '#foundation/index.ts';
import type { VersionConstraint } from '../../constraint.ts';
import {
  accept,
  allOf,
  orderOperators,
  parseAlternatives,
  parseComparators,
  parseEach,
} from '../../constraint-logic.ts';
import { generic } from '../../schemes/generic/index.ts';

/** Commas or blanks mean "and", `||` means "or"; versions are whole (`1.2` is `1.2.0`), and pre-releases are like all others. */
export function parseGenericConstraint(text: string): Result<VersionConstraint> {
  return parseAlternatives(text, /\|\|/, parseSet);
}

function parseSet(text: string): Result<VersionConstraint> {
  const comparators = parseComparators(text, ['~>', ...orderOperators, '~', '^']);
  if (!comparators.ok) return comparators;
  if (comparators.value.length === 0) return err('an empty constraint names no version');
  const parts = parseEach(comparators.value, ({ operator, version }) => constraintOf(operator, version));
  return parts.ok ? ok(allOf(parts.value)) : parts;
}

function constraintOf(operator: string, operand: string): Result<VersionConstraint> {
  const readable = generic.compare(operand, operand);
  if (!readable.ok) return readable;
  const end = endOf(operator, operand);
  if (end === undefined) return ok(bound(operator, operand));
  return ok(allOf([bound('>=', operand), bound('<', end)]));
}

function bound(operator: string, operand: string): VersionConstraint {
  return { satisfies: (version) => accept(operator, generic.compare(version, operand)) };
}

/** Where `~> 1.2.3` (1.3), `~1.2.3` (1.3) and `^1.2.3` (2) end; undefined for the other operators. */
function endOf(operator: string, operand: string): string | undefined {
  const numbers = (/\d+(?:\.\d+)*/.exec(operand)?.[0] ?? '').split('.');
  if (operator === '~>') return nextAfter(numbers, Math.max(numbers.length - 1, 1));
  if (operator === '~') return nextAfter(numbers, Math.min(numbers.length, 2));
  if (operator !== '^') return undefined;
  const significant = numbers.findIndex((digits) => /[1-9]/.test(digits));
  return nextAfter(numbers, significant < 0 ? numbers.length : significant + 1);
}

function nextAfter(numbers: readonly string[], count: number): string {
  const kept = numbers.slice(0, count);
  const last = kept.pop() ?? '0';
  return [...kept, String(BigInt(last) + 1n)].join('.');
}
