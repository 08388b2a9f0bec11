import {
  type Duration,
  dateIn,
  durationIn,
  durationMilliseconds,
  millisecondOf,
  type Timestamp,
} from '../values/times.ts';
import { member, type Overload } from './function.ts';

/** Readings of a clock in a zone, by the reference's names. */
const parts: readonly [name: string, of: (date: Date) => number][] = [
  ['getFullYear', (date) => date.getUTCFullYear()],
  ['getMonth', (date) => date.getUTCMonth()],
  ['getDayOfMonth', (date) => date.getUTCDate() - 1],
  ['getDate', (date) => date.getUTCDate()],
  ['getDayOfWeek', (date) => date.getUTCDay()],
  ['getDayOfYear', dayOfYear],
  ['getHours', (date) => date.getUTCHours()],
  ['getMinutes', (date) => date.getUTCMinutes()],
  ['getSeconds', (date) => date.getUTCSeconds()],
];

function dayOfYear(date: Date): number {
  const first = new Date(0);
  first.setUTCFullYear(date.getUTCFullYear(), 0, 1);
  return Math.floor((date.getTime() - first.getTime()) / 86_400_000);
}

export const times: readonly Overload[] = [
  ...parts.flatMap(([name, of]) => [
    member(name, 'timestamp -> int', (time: Timestamp) => of(dateIn(time, 'UTC'))),
    member(name, 'timestamp, string -> int', (time: Timestamp, zone: string) => of(dateIn(time, zone))),
  ]),
  member('getMilliseconds', 'timestamp -> int', millisecondOf),
  member('getMilliseconds', 'timestamp, string -> int', (time: Timestamp, _zone: string) => millisecondOf(time)),
  member('getHours', 'duration -> int', (one: Duration) => durationIn(one, 'h')),
  member('getMinutes', 'duration -> int', (one: Duration) => durationIn(one, 'm')),
  member('getSeconds', 'duration -> int', (one: Duration) => durationIn(one, 's')),
  member('getMilliseconds', 'duration -> int', durationMilliseconds),
];
