import { int64 } from './numbers.ts';
import { EvaluationFault, type Integer, Opaque } from './value.ts';

const SECOND = 1_000_000_000n;
/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999999Z. */
const FIRST = -62_135_596_800n * SECOND;
const LAST = 253_402_300_800n * SECOND - 1n;
const LONGEST = 315_576_000_000n * SECOND;

export class Duration extends Opaque {
  readonly typeName = 'google.protobuf.Duration';
  readonly nanos: bigint;
  constructor(nanos: bigint) {
    super();
    if (nanos > LONGEST || nanos < -LONGEST) throw new EvaluationFault('duration overflow: range error');
    this.nanos = nanos;
  }
  equals(other: Opaque): boolean {
    return other instanceof Duration && other.nanos === this.nanos;
  }
}

export class Timestamp extends Opaque {
  readonly typeName = 'google.protobuf.Timestamp';
  readonly nanos: bigint;
  constructor(nanos: bigint) {
    super();
    if (nanos < FIRST || nanos > LAST) throw new EvaluationFault('timestamp overflow: range error');
    this.nanos = nanos;
  }
  equals(other: Opaque): boolean {
    return other instanceof Timestamp && other.nanos === this.nanos;
  }
}

const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['h', 3600n * SECOND],
  ['m', 60n * SECOND],
  ['s', SECOND],
  ['ms', 1_000_000n],
  ['us', 1000n],
  ['\u00b5s', 1000n],
  ['\u03bcs', 1000n],
  ['ns', 1n],
]);

/** `1h30m`, `-1.5s`, `10ms`. */
export function parseDuration(text: string): Duration {
  const sign = /^[-+]/.test(text) ? text[0] : '';
  const rest = text.slice(sign?.length);
  if (rest === '0') return new Duration(0n);
  const part = /(\d{1,20})?(?:\.(\d{1,20}))?(h|ms|m|s|us|\u00b5s|\u03bcs|ns)/y;
  let total = 0n;
  let at = 0;
  while (at < rest.length) {
    part.lastIndex = at;
    const [whole = '', units = '', fraction = '', unit = ''] = part.exec(rest) ?? [];
    if (whole === '' || (units === '' && fraction === '')) break;
    const size = UNITS.get(unit) ?? 1n;
    total += BigInt(units || '0') * size + (BigInt(fraction || '0') * size) / 10n ** BigInt(fraction.length);
    at += whole.length;
  }
  if (at === 0 || at < rest.length)
    throw new EvaluationFault(`cannot read ${JSON.stringify(text.slice(0, 50))} as duration`);
  return new Duration(sign === '-' ? -total : total);
}

export function formatDuration({ nanos }: Duration): string {
  return `${withFraction(nanos)}s`;
}

/** Seconds with as many decimals as there are. */
function withFraction(nanos: bigint): string {
  const size = nanos < 0n ? -nanos : nanos;
  const rest = size % SECOND;
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(9, '0').replace(/0+$/, '')}`;
  return `${nanos < 0n ? '-' : ''}${size / SECOND}${fraction}`;
}

const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([-+])(\d{2}):(\d{2}))$/;

export function parseTimestamp(text: string): Timestamp {
  const found = RFC_3339.exec(text);
  const refuse = (): never => {
    throw new EvaluationFault(`cannot read ${JSON.stringify(text.slice(0, 50))} as timestamp`);
  };
  if (found === null) return refuse();
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return refuse();
  const [, , , , , , , fraction = '', sign, zoneHours = '0', zoneMinutes = '0'] = found;
  const zone = BigInt(Number(zoneHours) * 3600 + Number(zoneMinutes) * 60) * (sign === '-' ? -1n : 1n);
  return new Timestamp((BigInt(date.getTime()) / 1000n - zone) * SECOND + BigInt(fraction.padEnd(9, '0')));
}

export function formatTimestamp({ nanos }: Timestamp): string {
  const { seconds, rest } = split(nanos);
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(9, '0').replace(/0+$/, '')}`;
  return new Date(Number(seconds) * 1000).toISOString().replace(/\.\d+Z$/, `${fraction}Z`);
}

function split(nanos: bigint): { seconds: bigint; rest: bigint } {
  const rest = ((nanos % SECOND) + SECOND) % SECOND;
  return { seconds: (nanos - rest) / SECOND, rest };
}

export function secondsOf({ nanos }: Timestamp): Integer {
  return int64(split(nanos).seconds);
}

export function timestampOfSeconds(seconds: Integer): Timestamp {
  return new Timestamp(BigInt(seconds) * SECOND);
}

export function millisecondOf({ nanos }: Timestamp): number {
  return Number(split(nanos).rest / 1_000_000n);
}

/** Whole units in a duration, towards zero. */
export function durationIn({ nanos }: Duration, unit: 'h' | 'm' | 's'): Integer {
  return int64(nanos / (UNITS.get(unit) ?? 1n));
}

export function durationMilliseconds({ nanos }: Duration): Integer {
  return int64((nanos % SECOND) / 1_000_000n);
}

/** The date that clocks show in a zone: `UTC`, an offset such as `-02:30`, or a name such as `Europe/Paris`. */
export function dateIn({ nanos }: Timestamp, zone: string): Date {
  const ms = Number(split(nanos).seconds) * 1000;
  return new Date(ms + offsetMs(zone, ms));
}

function offsetMs(zone: string, ms: number): number {
  const [whole, sign, hours, minutes] = /^([-+])?(\d{1,2}):(\d{2})$/.exec(zone) ?? [];
  if (whole !== undefined) return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return zone === 'UTC' || zone === 'Z' ? 0 : namedOffsetMs(zone, ms);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function namedOffsetMs(zone: string, ms: number): number {
  const parts = new Map(
    formatFor(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => Number(parts.get(name));
  const shown = new Date(0);
  const year = part('year');
  shown.setUTCFullYear(parts.get('era') === 'BC' ? 1 - year : year, part('month') - 1, part('day'));
  shown.setUTCHours(part('hour') % 24, part('minute'), part('second'));
  return shown.getTime() - ms;
}

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  try {
    const numeric = 'numeric';
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    });
    // Names come from policies: a hostile one may not fill the memory.
    if (formats.size < 100) formats.set(zone, format);
    return format;
  } catch (error) {
    if (error instanceof RangeError)
      throw new EvaluationFault(`unknown time zone ${JSON.stringify(zone.slice(0, 50))}`);
    throw error;
  }
}
