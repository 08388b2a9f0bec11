import { err, ok, type Result } from '#foundation/index.ts';
import type { VersionConstraint } from '../../constraint.ts';
import {
  accept,
  allOf,
  everything,
  orderOperators,
  parseAlternatives,
  parseComparators,
  parseEach,
} from '../../constraint-logic.ts';
import { ordering, quoted } from '../../ordering.ts';
import { compareVersions } from '../../schemes/packagist/compare.ts';
import { type PackagistVersion, parsePackagist } from '../../schemes/packagist/parse.ts';

/** Composer's constraints: `^1.2`, `~1.2.3`, `1.2.*`, `1.0 - 2.0`, operators; commas or blanks mean "and", `|` or `||` "or". */
export function parseComposerConstraint(text: string): Result<VersionConstraint> {
  return parseAlternatives(text, /\|\|?/, parseSet);
}

function parseSet(text: string): Result<VersionConstraint> {
  const hyphen = /^\s*(\S+)\s+-\s+(\S+)\s*$/.exec(text);
  if (hyphen) return parseHyphen(hyphen[1] ?? '', hyphen[2] ?? '');
  const comparators = parseComparators(text, [...orderOperators, '~', '^']);
  if (!comparators.ok) return comparators;
  if (comparators.value.length === 0) return err('an empty constraint names no version');
  const parts = parseEach(comparators.value, ({ operator, version }) => constraintOf(operator, version));
  return parts.ok ? ok(allOf(parts.value)) : parts;
}

/** `1.0 - 2.0` goes to before 2.1, and `1.0 - 2.0.0` to 2.0.0 itself. */
function parseHyphen(low: string, high: string): Result<VersionConstraint> {
  const from = parseBound('>=', low, 'dev');
  if (!from.ok) return from;
  const count = numbersOf(high).length;
  const to =
    count >= 3 || /[a-z]/i.test(high) ? parseBound('<=', high) : parseBound('<', nextAfter(high, count), 'dev');
  return to.ok ? ok(allOf([from.value, to.value])) : to;
}

function constraintOf(operator: string, text: string): Result<VersionConstraint> {
  const operand = text
    .replace(/@(?:stable|rc|beta|alpha|dev)$/i, '')
    .replace(/^v(?=[\dx*])/i, '')
    .replace(/\+.*$/, '');
  if (/^[xX*](?:\.[xX*])*$/.test(operand)) return ok(everything);
  if (/^\d+(?:\.\d+)*(?:\.[xX*])+$/.test(operand)) return wildcardOf(operator, operand.replace(/(?:\.[xX*])+$/, ''));
  if (operator === '^') return interval(operand, caretCount(operand));
  if (operator === '~') return interval(operand, Math.max(numbersOf(operand).length - 1, 1));
  return parseBound(operator, operand, operator === '<' || operator === '>=' ? 'dev' : undefined);
}

function wildcardOf(operator: string, operand: string): Result<VersionConstraint> {
  const inside = interval(operand, numbersOf(operand).length);
  if (!inside.ok || operator === '') return inside;
  return err(`${quoted(`${operator}${operand}.*`)} joins an operator and a wildcard`);
}

function interval(operand: string, count: number): Result<VersionConstraint> {
  const from = parseBound('>=', operand, 'dev');
  if (!from.ok) return from;
  const to = parseBound('<', nextAfter(operand, count), 'dev');
  return to.ok ? ok(allOf([from.value, to.value])) : to;
}

/** Where Composer leaves the stability open, the bound begins with the development version, the oldest of its numbers. */
function parseBound(operator: string, operand: string, stability?: 'dev'): Result<VersionConstraint> {
  const parsed = parsePackagist(operand);
  if (!parsed.ok) return parsed;
  const isOpen = stability === 'dev' && !/[a-z]/i.test(operand);
  const limit: PackagistVersion = isOpen ? { ...parsed.value, isDev: true } : parsed.value;
  return ok({
    satisfies: (text) => {
      const version = parsePackagist(text);
      return version.ok ? accept(operator, ordering(compareVersions(version.value, limit))) : version;
    },
  });
}

function numbersOf(operand: string): string[] {
  return (/^\d+(?:\.\d+)*/.exec(operand)?.[0] ?? '').split('.');
}

function caretCount(operand: string): number {
  const numbers = numbersOf(operand);
  const significant = numbers.slice(0, 3).findIndex((digits) => /[1-9]/.test(digits));
  return significant < 0 ? Math.min(numbers.length, 3) : significant + 1;
}

function nextAfter(operand: string, count: number): string {
  const kept = numbersOf(operand).slice(0, count);
  const last = kept.pop() || '0';
  return [...kept, String(BigInt(last) + 1n)].join('.');
}
