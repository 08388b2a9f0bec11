/** `2026-01-31T10:20:30.123456000Z`: as Falco writes it, with nanoseconds. */
export function isoTime(timeUs: number): string {
  const seconds = new Date(Math.floor(timeUs / 1000)).toISOString().slice(0, 19);
  return `${seconds}.${fraction(timeUs)}Z`;
}

/** `10:20:30.123456000`, in UTC. */
export function clockTime(timeUs: number): string {
  return isoTime(timeUs).slice(11, -1);
}

function fraction(timeUs: number): string {
  return `${String(timeUs % 1_000_000).padStart(6, '0')}000`;
}
