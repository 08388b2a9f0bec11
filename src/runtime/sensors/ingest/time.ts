/** RFC 3339 with up to nine digits of a second, in microseconds since 1970. @example '2026-01-02T03:04:05.123456789Z' */
export function microsecondsOf(text: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)$/.exec(text);
  if (!match) return undefined;
  const [, seconds = '', fraction = '', zone = ''] = match;
  const time = Date.parse(`${seconds.replace(' ', 'T')}${zone}`);
  return Number.isNaN(time) ? undefined : time * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}
