const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far `at` is from `now`, in the largest unit that fits: `3 h ago`, `in 12 d`, `now`. */
export function distance(at: Date, now: Date): string {
  const ms = at.getTime() - now.getTime();
  const size = Math.abs(ms);
  if (size < MINUTE) return 'now';
  const [amount, unit] =
    size < HOUR
      ? [size / MINUTE, 'min']
      : size < 2 * DAY
        ? [size / HOUR, 'h']
        : size < 730 * DAY
          ? [size / DAY, 'd']
          : [size / (365 * DAY), 'y'];
  const text = `${Math.floor(amount)} ${unit}`;
  return ms < 0 ? `${text} ago` : `in ${text}`;
}

/** `2026-11-24 18:05 UTC`: the same for everybody who looks. */
export function moment(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}
