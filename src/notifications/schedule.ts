import type { Grouping } from './rule.ts';

/** When messages of a rule go out. `at`: local time of day, `09:00`. */
export type Schedule =
  | { readonly kind: 'instant' }
  | { readonly kind: 'hourly' }
  | { readonly kind: 'daily'; readonly at: string };

/** Local times of day in which nothing is sent; over midnight when `from` is after `to`. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

export interface Timing {
  readonly grouping: Grouping;
  readonly schedule: Schedule;
  readonly quietHours: QuietHours | undefined;
  readonly timeZone: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY_MINUTES = 24 * 60;
/** A scan opens many findings within moments: what is told together waits for the others. */
const GATHER_MS = 30_000;

/** When a message begun now is to be sent. */
export function sendAt({ grouping, schedule, quietHours, timeZone }: Timing, now: Date): Date {
  const wanted = scheduled(schedule, grouping, timeZone, now);
  if (quietHours === undefined || !isWithin(quietHours, minuteOf(wanted, timeZone))) return wanted;
  return nextLocal(quietHours.to, timeZone, wanted);
}

function scheduled(schedule: Schedule, grouping: Grouping, timeZone: string, now: Date): Date {
  switch (schedule.kind) {
    case 'instant':
      return grouping === 'finding' ? now : new Date(now.getTime() + GATHER_MS);
    case 'hourly':
      return new Date((Math.floor(now.getTime() / HOUR) + 1) * HOUR);
    case 'daily':
      return nextLocal(schedule.at, timeZone, now);
  }
}

function isWithin({ from, to }: QuietHours, minute: number): boolean {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  return start <= end ? minute >= start && minute < end : minute >= start || minute < end;
}

/** The next moment after `after` at which clocks of the zone show that time. When they are put forward over it, it is as much later. */
function nextLocal(time: string, timeZone: string, after: Date): Date {
  const target = minutesOf(time);
  const start = Math.floor(after.getTime() / MINUTE) * MINUTE;
  const ahead = (target - minuteOf(after, timeZone) + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
  const guess = new Date(start + ahead * MINUTE);
  // Between now and then clocks may have been put forward or back.
  const off = ((target - minuteOf(guess, timeZone) + DAY_MINUTES * 1.5) % DAY_MINUTES) - DAY_MINUTES / 2;
  const mended = new Date(guess.getTime() + off * MINUTE);
  return mended > after ? mended : guess;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Of the local day. */
function minuteOf(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    .format(at)
    .split(':');
  return Number(parts[0]) * 60 + Number(parts[1]);
}

/** Whether the platform knows it. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
