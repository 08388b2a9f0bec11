const DAY_MS = 86_400_000;

/** Whole days from one time to another, both ISO 8601; negative when it lies ahead. Undefined for what is no time. */
export function daysBetween(from: string, to: string): number | undefined {
  const days = Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS);
  return Number.isNaN(days) ? undefined : days;
}
