import { ok, type Result } from '#foundation/index.ts';
import type { ConstraintOptions, VersionConstraint } from '../../constraint.ts';
import {
  allOf,
  everything,
  orderOperators,
  parseAlternatives,
  parseComparators,
  parseEach,
} from '../../constraint-logic.ts';
import {
  type Bound,
  bound,
  caretDepth,
  firstOf,
  isWhole,
  nextAfter,
  type PartialVersion,
  parsePartial,
  parseWhole,
  satisfiesBound,
} from '../../x-range.ts';

/** Commas or blanks mean "and", `||` means "or"; a partial version stands for all that it covers. */
export function parseSemverRange(text: string): Result<VersionConstraint> {
  return parseAlternatives(text, /\|\|/, parseSet);
}

function parseSet(text: string): Result<VersionConstraint> {
  const comparators = parseComparators(text, [...orderOperators, '~', '^']);
  if (!comparators.ok) return comparators;
  if (comparators.value.length === 0) return ok(everything);
  const parts = parseEach(comparators.value, ({ operator, version }) => {
    const operand = parsePartial(version);
    return operand.ok ? ok(constraintOf(operator, operand.value)) : operand;
  });
  return parts.ok ? ok(allOf(parts.value)) : parts;
}

function constraintOf(operator: string, operand: PartialVersion): VersionConstraint {
  const isNegated = operator === '!=' || operator === '<>';
  const bounds = boundsOf(operator, operand);
  return {
    satisfies: (text, options) => {
      const version = parseWhole(text);
      if (!version.ok) return version;
      if (!admits(version.value.prerelease, operand, options)) return ok(false);
      for (const each of bounds) {
        const inside = satisfiesBound(version, each);
        if (!inside.ok) return inside;
        if (!inside.value) return ok(isNegated);
      }
      return ok(!isNegated);
    },
  };
}

/** A pre-release is outside unless the operand is one; a partial operand cannot be one. */
function admits(prerelease: string, operand: PartialVersion, options: ConstraintOptions = {}): boolean {
  if (operand.prerelease) return isWhole(operand);
  return prerelease === '' || options.includePrerelease === true;
}

function boundsOf(operator: string, operand: PartialVersion): Bound[] {
  const count = operand.numbers.length;
  const first = firstOf(operand);
  if (operator === '^') return [bound('>=', first), ...upTo(operand, caretDepth(operand))];
  if (operator === '~') return [bound('>=', first), ...upTo(operand, Math.min(count, 2))];
  if (operator === '<') return [bound('<', first)];
  if (operator === '>=' || operator === '=>') return [bound('>=', first)];
  if (isWhole(operand)) return wholeBounds(operator, first);
  if (operator === '>') return count === 0 ? [bound('<', '0.0.0-0')] : [bound('>=', nextAfter(operand, count))];
  if (operator === '<=' || operator === '=<') return upTo(operand, count);
  return [bound('>=', first), ...upTo(operand, count)];
}

function wholeBounds(operator: string, version: string): Bound[] {
  if (operator === '>' || operator === '<=') return [bound(operator, version)];
  if (operator === '=<') return [bound('<=', version)];
  return [bound('>=', version), bound('<=', version)];
}

function upTo(operand: PartialVersion, count: number): Bound[] {
  return count === 0 ? [] : [bound('<', `${nextAfter(operand, count)}-0`)];
}
