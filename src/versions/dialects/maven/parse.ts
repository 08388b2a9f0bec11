import { err, ok, type Result } from '#foundation/index.ts';
import type { VersionConstraint } from '../../constraint.ts';
import { accept, allOf, anyOf, everything, parseEach } from '../../constraint-logic.ts';
import { quoted } from '../../ordering.ts';
import { parseRange } from '../../range.ts';
import { maven } from '../../schemes/maven/index.ts';

/** One range; brackets inside another's are left out, so that a row of opening ones is read once. */
const interval = /[[(][^[(\])]*[\])]/g;

/**
 * Maven's ranges: `[1.0,2.0)`, `(,1.5],[2,)`. A version alone is a wish that any version fulfils, as Maven reads it;
 * advisories that mean exactly one version write `[1.0]`. Operators (`< 2`) are read as in other ranges.
 */
export function parseMavenRange(text: string): Result<VersionConstraint> {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 20_000) return err('an empty or endless text is no Maven range');
  if (/^[<>=!]/.test(trimmed)) return parseRange(trimmed, maven);
  if (!/^[[(]/.test(trimmed)) {
    const readable = maven.compare(trimmed, trimmed);
    return readable.ok ? ok(everything) : readable;
  }
  const intervals = trimmed.match(interval) ?? [];
  const isAll = trimmed.replace(interval, '').replace(/[\s,]/g, '') === '';
  if (!isAll || intervals.length === 0) return err(`${quoted(trimmed)} is no list of Maven ranges`);
  const parts = parseEach(intervals, parseInterval);
  return parts.ok ? ok(anyOf(parts.value)) : parts;
}

function parseInterval(text: string): Result<VersionConstraint> {
  const [low = '', high, ...rest] = text
    .slice(1, -1)
    .split(',')
    .map((part) => part.trim());
  const exact = high === undefined;
  if (rest.length > 0 || (exact && !/^\[.+\]$/.test(text))) return err(`${quoted(text)} is no Maven range`);
  if (exact) return bounds([['=', low]]);
  return bounds([
    [text.startsWith('[') ? '>=' : '>', low],
    [text.endsWith(']') ? '<=' : '<', high],
  ]);
}

function bounds(pairs: readonly (readonly [string, string])[]): Result<VersionConstraint> {
  const parts = parseEach(
    pairs.filter(([, operand]) => operand !== ''),
    ([operator, operand]): Result<VersionConstraint> => {
      const readable = maven.compare(operand, operand);
      if (!readable.ok) return readable;
      return ok({ satisfies: (version) => accept(operator, maven.compare(version, operand)) });
    },
  );
  return parts.ok ? ok(allOf(parts.value)) : parts;
}
