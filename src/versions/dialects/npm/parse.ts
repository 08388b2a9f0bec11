import { err, ok, type Result } from '#foundation/index.ts';
import type { ConstraintOptions, VersionConstraint } from '../../constraint.ts';
import { parseAlternatives, parseEach } from '../../constraint-logic.ts';
import { quoted } from '../../ordering.ts';
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
  tupleOf,
} from '../../x-range.ts';

/** Bounds under both ways to treat pre-releases, since partial versions then begin at different places. */
type Bounds = (includePrerelease: boolean) => readonly Bound[];

export function parseNpmRange(text: string): Result<VersionConstraint> {
  return parseAlternatives(text, /\|\|/, parseSet);
}

function parseSet(text: string): Result<VersionConstraint> {
  const hyphen = /^\s*(\S+)\s+-\s+(\S+)\s*$/.exec(text);
  if (hyphen) return joined(parseHyphen(hyphen[1] ?? '', hyphen[2] ?? ''));
  const parts = text
    .replace(/([<>=~^])\s+/g, '$1')
    .split(/\s+/)
    .filter(Boolean);
  const bounds = parseEach(parts, parsePart);
  return joined(bounds.ok ? ok(joinBounds(bounds.value)) : bounds);
}

function joinBounds(parts: readonly Bounds[]): Bounds {
  return (includePrerelease) => parts.flatMap((part) => part(includePrerelease));
}

function joined(bounds: Result<Bounds>): Result<VersionConstraint> {
  if (!bounds.ok) return bounds;
  return ok({ satisfies: (version, options) => satisfiesAll(version, bounds.value, options) });
}

function satisfiesAll(text: string, bounds: Bounds, options: ConstraintOptions = {}): Result<boolean> {
  const version = parseWhole(text);
  if (!version.ok) return version;
  const includePrerelease = options.includePrerelease ?? false;
  const list = bounds(includePrerelease).filter((each) => !isIdle(each, includePrerelease));
  for (const each of list) {
    const inside = satisfiesBound(version, each);
    if (!inside.ok || !inside.value) return inside;
  }
  if (version.value.prerelease === '' || includePrerelease) return ok(true);
  const tuple = tupleOf(version.value);
  return ok(list.some((each) => each.prereleaseOf === tuple));
}

/** npm drops a lower bound at the very beginning, so it does not keep out pre-releases of 0.0.0 either. */
function isIdle({ operator, version }: Bound, includePrerelease: boolean): boolean {
  return operator === '>=' && version === (includePrerelease ? '0.0.0-0' : '0.0.0');
}

/** `1.2 - 2.3`: both ends belong to it, and so does everything that a partial upper end covers. */
function parseHyphen(low: string, high: string): Result<Bounds> {
  const from = parsePartial(low);
  if (!from.ok) return from;
  const to = parsePartial(high);
  if (!to.ok) return to;
  return ok((includePrerelease) => [
    ...(from.value.numbers.length > 0 ? [startOf(from.value, includePrerelease)] : []),
    ...endOf(to.value, includePrerelease),
  ]);
}

/** With pre-releases included, those of the lower end belong to it too. */
function startOf(version: PartialVersion, includePrerelease: boolean): Bound {
  if (!includePrerelease || version.prerelease) return lowest('>=', version, includePrerelease);
  return bound('>=', `${firstOf(version)}-0`);
}

function endOf(version: PartialVersion, includePrerelease: boolean): Bound[] {
  const isExact = isWhole(version) && (version.prerelease !== '' || !includePrerelease);
  return isExact ? [lowest('<=', version, false)] : upTo(version, version.numbers.length);
}

function parsePart(text: string): Result<Bounds> {
  const [, operator = '', rest = ''] = /^(~>|[~^]|[<>]=?|=)?(.*)$/s.exec(text) ?? [];
  const version = parsePartial(rest);
  if (!version.ok) return version;
  if (!isWhole(version.value) && version.value.prerelease) {
    return err(`${quoted(text)} is a pre-release without all three numbers`);
  }
  return ok((includePrerelease) => boundsOf(operator, version.value, includePrerelease));
}

function boundsOf(operator: string, version: PartialVersion, includePrerelease: boolean): Bound[] {
  const count = version.numbers.length;
  const from = lowest('>=', version, includePrerelease);
  if (count === 0) return operator === '<' || operator === '>' ? [bound('<', '0.0.0-0')] : [];
  if (operator === '^') return [from, ...upTo(version, caretDepth(version))];
  if (operator === '~' || operator === '~>') return [from, ...upTo(version, Math.min(count, 2))];
  if (isWhole(version)) return wholeBounds(operator, version);
  if (operator === '>') return [bound('>=', nextAfter(version, count) + (includePrerelease ? '-0' : ''))];
  if (operator === '>=') return [from];
  if (operator === '<') return [bound('<', `${firstOf(version)}-0`)];
  return operator === '<=' ? upTo(version, count) : [from, ...upTo(version, count)];
}

function wholeBounds(operator: string, version: PartialVersion): Bound[] {
  if (operator === '' || operator === '=') return [lowest('>=', version, false), lowest('<=', version, false)];
  return [lowest(operator, version, false)];
}

function lowest(operator: string, version: PartialVersion, includePrerelease: boolean): Bound {
  const suffix = includePrerelease && !isWhole(version) ? '-0' : '';
  const first = firstOf(version, suffix);
  return bound(operator, first, isWhole(version) && version.prerelease ? version.numbers.join('.') : undefined);
}

function upTo(version: PartialVersion, count: number): Bound[] {
  return count === 0 ? [] : [bound('<', `${nextAfter(version, count)}-0`)];
}
