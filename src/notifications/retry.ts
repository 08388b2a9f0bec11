const FIRST_MS = 10_000;
const LAST_MS = 6 * 60 * 60_000;
const LONGEST_WAIT_MS = 24 * 60 * 60_000;
const MAX_ATTEMPTS = 10;

/** When to try again after that many attempts, later each time; undefined when it is enough. A receiver's own wish counts when it is later. */
export function nextAttempt(attempts: number, now: Date, afterMs = 0): Date | undefined {
  if (attempts >= MAX_ATTEMPTS) return undefined;
  const own = Math.min(LAST_MS, FIRST_MS * 3 ** (attempts - 1));
  return new Date(now.getTime() + Math.max(own, Math.min(afterMs, LONGEST_WAIT_MS)));
}

/** Reads `Retry-After`: seconds or a date. RFC 9110, 10.2.3. */
export function parseRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}
