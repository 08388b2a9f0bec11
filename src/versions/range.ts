import { err, ok, type Result } from '#foundation/index.ts';
import type { VersionConstraint } from './constraint.ts';
import { accept, allOf, everything, orderOperators, parseAlternatives, parseComparators } from './constraint-logic.ts';
import { installedForm } from './installed-forms.ts';
import { quoted } from './ordering.ts';
import type { VersionScheme } from './version-scheme.ts';

/**
 * Parses operators and versions of one scheme, a comma or a blank meaning "and", `||` meaning "or":
 * `< 1.2 || >= 2.0, < 2.3`. An empty constraint or `*` means every version.
 */
export function parseRange(text: string, scheme: VersionScheme): Result<VersionConstraint> {
  if (text.trim() === '' || text.trim() === '*') return ok(everything);
  return parseAlternatives(text, /\|\|/, (part) => parsePart(part, scheme));
}

function parsePart(text: string, scheme: VersionScheme): Result<VersionConstraint> {
  const comparators = parseComparators(text, orderOperators);
  if (!comparators.ok) return comparators;
  if (comparators.value.length === 0) return err(`${quoted(text)} names no version`);
  for (const { version } of comparators.value) {
    const readable = scheme.compare(version, version);
    if (!readable.ok) return readable;
  }
  const tests = comparators.value.map(
    ({ operator, version: operand }): VersionConstraint => ({
      satisfies: (version, options) =>
        accept(operator, scheme.compare(installedForm(scheme.id, version, operand), operand, options)),
    }),
  );
  return ok(allOf(tests));
}
