import type { VersionScheme } from '#versions/index.ts';
import type { AffectedRange } from '../../advisory.ts';
import { asName, asObjects, type JsonObject } from '../../documents/json-values.ts';

const MAX_EVENTS = 1_000_000;
/** Comparisons spent on one package of one record; beyond, all versions are kept. */
const MAX_COMPARISONS = 1_000_000;
const EVENT_KINDS = ['introduced', 'fixed', 'last_affected', 'limit'] as const;

interface RangeEvent {
  readonly kind: (typeof EVENT_KINDS)[number];
  readonly version: string;
}

export interface RangesRead {
  readonly ranges: readonly AffectedRange[];
  /** What the publisher wrote against the schema; the ranges then say rather too much than too little. */
  readonly flaw?: 'no-introduced' | 'unreadable-event';
}

/**
 * Turns an OSV event list into ranges. The specification's rule: sort the events by version; a version is affected when the
 * last `introduced` at or below it is followed by no `fixed` at or below it and no `last_affected` below it. So each
 * `introduced` opens a range unless one is open, and the next `fixed` or `last_affected` closes it; later ones close nothing.
 * `limit` bounds what the range speaks of. Without a scheme, or with a version that it cannot read, the publisher's order stands.
 *
 * https://ossf.github.io/osv-schema/#evaluation
 */
export function rangesOf(range: JsonObject, scheme: VersionScheme | undefined): RangesRead {
  const read = readEvents(range, range['type'] === 'SEMVER' ? scheme : undefined);
  const limit = largestLimit(read.events, scheme);
  const bounds = read.events.filter((event) => event.kind !== 'limit');
  if (bounds.length === 0) return { ranges: [], flaw: 'unreadable-event' };
  const flaw = bounds.some((event) => event.kind === 'introduced') ? read.flaw : 'no-introduced';
  const ranges = foldEvents(flaw === 'no-introduced' ? [ORIGIN, ...bounds] : bounds, scheme);
  const limited = limit === undefined ? ranges : ranges.map((each) => ({ ...each, limit }));
  return flaw === undefined ? { ranges: limited } : { ranges: limited, flaw };
}

const ORIGIN: RangeEvent = { kind: 'introduced', version: '0' };

/** `semantic`: the scheme of versions that ought to have three numbers, see `wholeVersion`. */
function readEvents(
  range: JsonObject,
  semantic: VersionScheme | undefined,
): { events: RangeEvent[]; flaw?: 'unreadable-event' } {
  const events: RangeEvent[] = [];
  let flawed = false;
  for (const item of asObjects(range['events'], MAX_EVENTS)) {
    const before = events.length;
    for (const kind of EVENT_KINDS) {
      const version = asName(item[kind]);
      if (version !== undefined) events.push({ kind, version: wholeVersion(version, semantic) });
    }
    flawed ||= events.length === before;
  }
  return flawed ? { events, flaw: 'unreadable-event' } : { events };
}

/** Publishers write `0.2` where the order of the ecosystem knows `0.2.0` only. */
function wholeVersion(version: string, scheme: VersionScheme | undefined): string {
  if (scheme === undefined || !/^\d+(?:\.\d+)?$/.test(version) || version === '0') return version;
  const whole = [version, `${version}.0`, `${version}.0.0`];
  return whole.find((each) => scheme.compare(each, each).ok) ?? version;
}

function foldEvents(events: readonly RangeEvent[], scheme: VersionScheme | undefined): AffectedRange[] {
  const ranges: AffectedRange[] = [];
  let open: AffectedRange | undefined;
  for (const { kind, version } of sortEvents(events, scheme)) {
    if (kind === 'introduced') open ??= version === '0' ? {} : { introduced: version };
    else if (open) {
      ranges.push(kind === 'fixed' ? { ...open, fixed: version } : { ...open, lastAffected: version });
      open = undefined;
    }
  }
  if (open) ranges.push(open);
  return ranges;
}

/** Stable, so that events at the same version keep the publisher's order. `0` stands for the beginning in every scheme. */
function sortEvents(events: readonly RangeEvent[], scheme: VersionScheme | undefined): readonly RangeEvent[] {
  if (scheme === undefined || isPairFromOrigin(events)) return introducedFirst(events);
  let readable = true;
  const sorted = events.toSorted((a, b) => {
    if (a.version === b.version) return 0;
    if (a.version === '0') return -1;
    if (b.version === '0') return 1;
    const order = scheme.compare(a.version, b.version);
    readable &&= order.ok;
    return order.ok ? order.value : 0;
  });
  return readable ? sorted : events;
}

/** Most ranges: from the beginning to one bound, which needs no comparison. */
function isPairFromOrigin(events: readonly RangeEvent[]): boolean {
  return events.length < 2 || (events.length === 2 && events.some(({ version }) => version === '0'));
}

/** Whichever is written first, the range starts where it was introduced. */
function introducedFirst(events: readonly RangeEvent[]): readonly RangeEvent[] {
  return events.length === 2 && events[1]?.kind === 'introduced' && events[1].version === '0'
    ? events.toReversed()
    : events;
}

/** A version is in bounds when it is below any limit, so the largest counts; `*` is no bound. */
function largestLimit(events: readonly RangeEvent[], scheme: VersionScheme | undefined): string | undefined {
  const limits = events.filter((event) => event.kind === 'limit').map((event) => event.version);
  if (limits.length === 0 || limits.includes('*')) return undefined;
  if (limits.length > 1 && scheme === undefined) return undefined;
  return limits.reduce((largest, limit) => {
    const order = scheme?.compare(largest, limit);
    return order?.ok && order.value < 0 ? limit : largest;
  });
}

/**
 * Enumerated versions that the ranges do not already cover. Exports enumerate every known version beside the range that
 * says the same; keeping them would multiply the database for nothing. What cannot be compared is kept.
 */
export function versionsBeyond(
  versions: readonly string[],
  ranges: readonly AffectedRange[],
  scheme: VersionScheme | undefined,
): readonly string[] {
  if (ranges.length === 0 || versions.length === 0) return versions;
  if (ranges.some(isEverything)) return [];
  if (scheme === undefined || versions.length * ranges.length > MAX_COMPARISONS) return versions;
  return versions.filter((version) => !ranges.some((range) => covers(range, version, scheme)));
}

function isEverything(range: AffectedRange): boolean {
  return (range.introduced ?? range.fixed ?? range.lastAffected ?? range.limit) === undefined;
}

function covers(range: AffectedRange, version: string, scheme: VersionScheme): boolean {
  const atLeast = (bound: string, least: number): boolean => {
    const order = scheme.compare(bound, version);
    return order.ok && order.value >= least;
  };
  const started = range.introduced === undefined || isAtMost(scheme, range.introduced, version);
  return (
    started &&
    (range.fixed === undefined || atLeast(range.fixed, 1)) &&
    (range.lastAffected === undefined || atLeast(range.lastAffected, 0)) &&
    (range.limit === undefined || atLeast(range.limit, 1))
  );
}

function isAtMost(scheme: VersionScheme, bound: string, version: string): boolean {
  const order = scheme.compare(bound, version);
  return order.ok && order.value <= 0;
}
