const DAY_MS = 86_400_000;

/** Days of history; the first is `-HISTORY_DAYS`, today is 0. */
export const HISTORY_DAYS = 90;

/** Turns days of the demo into times. */
export class Timeline {
  readonly now: Date;

  constructor(now: Date) {
    this.now = now;
  }

  /** @param hours after the beginning of that day, counted from now */
  at(day: number, hours = 0): Date {
    return new Date(Math.min(this.now.getTime() + day * DAY_MS + hours * 3_600_000, this.now.getTime() - 60_000));
  }

  /** As the demo counts. */
  dayOf(at: Date): number {
    return (at.getTime() - this.now.getTime()) / DAY_MS;
  }
}
