export const DAY_MS = 86_400_000;

/** Ends of the ages that are told apart, in days; what is older than the last is in one more. */
const ageBounds = [1, 3, 7, 14, 30, 45, 60, 90, 180, 365] as const;

export const ageCount = ageBounds.length + 1;

/** Which of them an age in days is in. */
export function ageIndex(days: number): number {
  const index = ageBounds.findIndex((bound) => days < bound);
  return index < 0 ? ageBounds.length : index;
}

/** From which day on, and how wide; the last is as wide as the one before. */
export function ageRange(index: number): { readonly from: number; readonly days: number } {
  const from = index === 0 ? 0 : (ageBounds[index - 1] ?? 0);
  const to = ageBounds[index] ?? from * 2;
  return { from, days: to - from };
}

/** Midnight of UTC that begins the day. */
export function dayOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);
}

export function addDays(day: Date, days: number): Date {
  return new Date(day.getTime() + days * DAY_MS);
}

/** `2026-11-24` */
export function isoDay(day: Date): string {
  return day.toISOString().slice(0, 10);
}
