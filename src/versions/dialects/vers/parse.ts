import { err, ok, type Result } from '#foundation/index.ts';
import type { ConstraintOptions, VersionConstraint } from '../../constraint.ts';
import { accept, type Comparator, everything, parseEach } from '../../constraint-logic.ts';
import { quoted } from '../../ordering.ts';
import { schemeOfPackages } from '../../package-scheme.ts';
import type { VersionScheme } from '../../version-scheme.ts';

/** A Version Range Specifier: `vers:npm/>=1.0.0|<1.4.2|2.0.0`. */
export function parseVers(text: string): Result<VersionConstraint> {
  const [, type = '', list = ''] = /^vers:([a-z\d.-]+)\/(.+)$/.exec(text) ?? [];
  if (list === '' || text.length > 20_000) return err(`${quoted(text)} is no version range specifier`);
  const scheme = schemeOfPackages(type);
  if (!scheme) return err(`versions of type ${quoted(type)} cannot be compared yet`);
  if (list === '*') return ok(everything);
  const comparators = parseEach(list.split('|'), (part) => parseComparator(part, scheme));
  if (!comparators.ok) return comparators;
  return ok({ satisfies: (version, options) => contains(version, comparators.value, scheme, options) });
}

function parseComparator(text: string, scheme: VersionScheme): Result<Comparator> {
  const [, operator = '', encoded = ''] = /^\s*(>=|<=|!=|=|<|>|)\s*(.+?)\s*$/.exec(text) ?? [];
  const version = decode(encoded);
  const readable = scheme.compare(version, version);
  return readable.ok ? ok({ operator, version }) : readable;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The specification's containment: equalities decide first, then the outer bounds, then the pairs between them. */
function contains(
  version: string,
  comparators: readonly Comparator[],
  scheme: VersionScheme,
  options: ConstraintOptions = {},
): Result<boolean> {
  const answers = parseEach(comparators, ({ operator, version: operand }) =>
    accept(operator, scheme.compare(version, operand, options)),
  );
  if (!answers.ok) return answers;
  const inside = comparators.map((comparator, i) => ({ ...comparator, holds: answers.value[i] === true }));
  if (inside.some(({ operator, holds }) => operator === '!=' && !holds)) return ok(false);
  if (inside.some(({ operator, holds }) => (operator === '' || operator === '=') && holds)) return ok(true);
  const bounds = inside.filter(({ operator }) => /[<>]/.test(operator));
  if (bounds.length === 0) return ok(inside.length > 0 && inside.every(({ operator }) => operator === '!='));
  return ok(bounds.some((bound, i) => bound.holds && isPaired(bound, bounds[i - 1], bounds[i + 1])));
}

interface Answer extends Comparator {
  readonly holds: boolean;
}

/** A lower bound is closed by the upper bound after it; without one it is open to the end, and the same the other way. */
function isPaired(bound: Answer, before: Answer | undefined, after: Answer | undefined): boolean {
  if (bound.operator.startsWith('>')) return !after?.operator.startsWith('<') || after.holds;
  return !before?.operator.startsWith('>') || before.holds;
}
