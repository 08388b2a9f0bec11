import { err, ok, type Result } from '#foundation/index.ts';
import type { VersionConstraint } from '../../constraint.ts';
import { accept, allOf, parseAlternatives, parseComparators, parseEach } from '../../constraint-logic.ts';
import { gem } from '../../schemes/gem/index.ts';

const operators = ['~>', '!=', '>=', '<=', '==', '=', '>', '<'];

/** Gem::Requirement: commas (or blanks) mean "and"; `~> 1.2` admits everything before 2. `||` joins alternatives, as advisories do. */
export function parseGemRequirement(text: string): Result<VersionConstraint> {
  return parseAlternatives(text, /\|\|/, parseSet);
}

function parseSet(text: string): Result<VersionConstraint> {
  const comparators = parseComparators(text, operators);
  if (!comparators.ok) return comparators;
  if (comparators.value.length === 0) return err('an empty requirement names no version');
  const parts = parseEach(comparators.value, ({ operator, version }) => requirementOf(operator, version));
  return parts.ok ? ok(allOf(parts.value)) : parts;
}

function requirementOf(operator: string, operand: string): Result<VersionConstraint> {
  const readable = gem.compare(operand, operand);
  if (!readable.ok) return readable;
  if (operator !== '~>') return ok({ satisfies: (version) => accept(operator, gem.compare(version, operand)) });
  const end = bump(operand);
  const from: VersionConstraint = { satisfies: (version) => accept('>=', gem.compare(version, operand)) };
  const to: VersionConstraint = { satisfies: (version) => accept('<', gem.compare(releaseOf(version), end)) };
  return ok(allOf([from, to]));
}

/** The numbers before the first letters. */
function releaseOf(version: string): string {
  return /^\d+(?:\.\d+)*(?![\da-z])/i.exec(version.replaceAll('-', '.pre.'))?.[0] ?? version;
}

/** The last number dropped and the one before it raised: 1.2.3 gives 1.3, and 5 gives 6. */
function bump(operand: string): string {
  const numbers = releaseOf(operand).split('.');
  const kept = numbers.length > 1 ? numbers.slice(0, -1) : numbers;
  const last = kept.pop() ?? '0';
  return [...kept, String(BigInt(last) + 1n)].join('.');
}
