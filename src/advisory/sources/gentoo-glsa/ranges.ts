import { type VersionScheme, versionScheme } from '#versions/index.ts';
import type { AffectedRange } from '../../advisory.ts';

/** `<unaffected range="rge" slot="3">1.2.3-r4</unaffected>` */
export interface VersionBound {
  readonly operator: string;
  readonly version: string;
  /** `*` for every slot. */
  readonly slot: string;
}

/** Above every revision that there will be: what begins here is a later version. */
const LAST_REVISION = '-r999999';

/**
 * What of the vulnerable versions is left without the unaffected ones. `rge`, `rgt`, `rle` and `rlt` are about revisions of one
 * version only: a fix that was brought to `1.2.3-r4` says nothing about 1.2.4.
 */
export function rangesWithout(
  vulnerable: readonly VersionBound[],
  unaffected: readonly VersionBound[],
): readonly AffectedRange[] {
  const scheme = versionScheme('portage');
  if (scheme === undefined) return [];
  const holes = unaffected.map((bound) => rangeOf(bound)).filter((range) => range !== undefined);
  return vulnerable.flatMap((bound) => {
    const range = rangeOf(bound);
    if (range === undefined) return [];
    return holes
      .reduce<readonly Span[]>((spans, hole) => spans.flatMap((span) => cut(span, hole, scheme)), [range])
      .map(asRange);
  });
}

/** From `from` (included) to `to` (excluded), each open where it is absent. `isMended`: a fix begins where it ends. */
interface Span {
  readonly from?: string;
  readonly to?: string;
  readonly isMended?: boolean;
}

function rangeOf({ operator, version }: VersionBound): Span | undefined {
  const [base = '', revision] = version.split(/-r(?=\d+$)/);
  if (base === '') return undefined;
  const behind = afterRevision(base, revision);
  switch (operator) {
    case 'lt':
      return { to: version };
    case 'le':
      return { to: behind };
    case 'ge':
      return { from: version };
    case 'gt':
      return { from: behind };
    case 'eq':
      return { from: version, to: behind };
    case 'rlt':
      return { from: base, to: version };
    case 'rle':
      return { from: base, to: behind };
    case 'rge':
      return { from: version, to: `${base}${LAST_REVISION}` };
    case 'rgt':
      return { from: behind, to: `${base}${LAST_REVISION}` };
    default:
      return undefined;
  }
}

function afterRevision(base: string, revision: string | undefined): string {
  return `${base}-r${Number(revision ?? '0') + 1}`;
}

function cut(span: Span, hole: Span, scheme: VersionScheme): Span[] {
  const isBefore = (a: string, b: string): boolean => {
    const order = scheme.compare(a, b);
    return order.ok && order.value < 0;
  };
  const holeStartsInside = hole.from !== undefined && (span.to === undefined || !isBefore(span.to, hole.from));
  const startsBelow = hole.from !== undefined && (span.from === undefined || isBefore(span.from, hole.from));
  const endsAbove = hole.to !== undefined && (span.to === undefined || isBefore(hole.to, span.to));
  const apart =
    (hole.from !== undefined && span.to !== undefined && isBefore(span.to, hole.from)) ||
    (hole.to !== undefined && span.from !== undefined && !isBefore(span.from, hole.to));
  if (apart) return [span];
  const rest: Span[] = [];
  if (startsBelow && holeStartsInside) rest.push({ ...withoutEnd(span), to: hole.from ?? '', isMended: true });
  if (endsAbove) rest.push({ ...span, from: hole.to ?? '' });
  return rest;
}

function withoutEnd({ from }: Span): Span {
  return from === undefined ? {} : { from };
}

/** An end without a fix is one of what is spoken of. */
function asRange({ from, to, isMended }: Span): AffectedRange {
  const end = to === undefined ? {} : isMended ? { fixed: to } : { limit: to };
  return { ...(from === undefined ? {} : { introduced: from }), ...end };
}
