import { createHash } from 'node:crypto';

/** What a database can hold: no NUL, no half of a pair. What is longer is cut, and stays different from others by a digest at its end. */
export function storable(text: string, maxLength: number): string {
  const whole = text.toWellFormed().replaceAll('\0', '\u{fffd}');
  if (whole.length <= maxLength) return whole;
  const digest = createHash('sha256').update(whole).digest('hex').slice(0, 16);
  return `${whole.slice(0, maxLength - digest.length - 1).toWellFormed()}~${digest}`;
}

const MAX_DEPTH = 24;
const MAX_TEXT = 8000;
const MAX_BYTES = 64 * 1024;

/** What a tool says of something, as it says it, made fit to be kept: bounded in depth and size, without what cannot be stored. */
export function storableDetails(
  members: Readonly<Record<string, unknown>>,
  /** What is left out first when it is too large. */
  expendable: readonly string[] = [],
): Readonly<Record<string, unknown>> {
  let kept = Object.entries(members);
  for (const name of ['', ...expendable]) {
    kept = kept.filter(([member]) => member !== name);
    const details = cleanMembers(kept, 0);
    if (JSON.stringify(details).length <= MAX_BYTES) return details;
  }
  return { leftOut: 'larger than what is kept of a finding' };
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return storable(value, MAX_TEXT);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.slice(0, 1000).map((item) => clean(item, depth + 1));
  return cleanMembers(Object.entries(value), depth + 1);
}

function cleanMembers(entries: readonly (readonly [string, unknown])[], depth: number): Record<string, unknown> {
  return Object.fromEntries(
    entries.slice(0, 1000).map(([name, value]) => [storable(name, 200), clean(value, depth)] as const),
  );
}
