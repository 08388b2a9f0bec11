/**
 * Readers for foreign JSON: they take what has the right shape and leave the rest. Unknown shapes become `undefined` or an
 * empty list, so that one bad field does not cost the record; the callers count what they had to leave.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Up to `limit` items: a list is never trusted with its own length. */
function asList(value: unknown, limit: number): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, limit) : [];
}

export function asObjects(value: unknown, limit: number): readonly JsonObject[] {
  return asList(value, limit).filter(isObject);
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function asTexts(value: unknown, limit: number): readonly string[] {
  return asList(value, limit).filter((item) => typeof item === 'string');
}

/** The text cut to a length, white space and control characters made plain: it will stand on one line of a report. */
export function asLine(value: unknown, maxLength: number): string | undefined {
  const text = asText(value);
  if (text === undefined) return undefined;
  const line = text
    .slice(0, maxLength * 2)
    .replace(/[\s\u0000-\u001f\u007f]+/g, ' ')
    .trim();
  if (line === '') return undefined;
  return line.length > maxLength ? `${line.slice(0, maxLength - 1).trimEnd()}…` : line;
}

/** An RFC 3339 time or plain date of a believable year, in ISO 8601. Feeds hold `0001-01-01` where they mean nothing. */
export function asDate(value: unknown): string | undefined {
  const text = asText(value);
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  const year = Number(text.slice(0, 4));
  if (year < 1980 || year > 2100 || Number.isNaN(Date.parse(text))) return undefined;
  return text.slice(0, 40);
}

/** Vulnerability and notice ids: what a report may print, a URL may hold and a key may be. */
export function asId(value: unknown): string | undefined {
  const text = asText(value);
  return text !== undefined && /^[A-Za-z0-9][A-Za-z0-9._:+~-]{0,127}$/.test(text) ? text : undefined;
}

/** Web links only: a `javascript:` reference would run in the HTML report. */
export function asLinks(values: Iterable<unknown>, limit: number): string[] {
  const links = new Set<string>();
  for (const value of values) {
    const text = asText(value);
    if (text !== undefined && text.length <= 500 && /^https?:\/\/[^\s"'<>]+$/.test(text)) links.add(text);
    if (links.size === limit) break;
  }
  return [...links];
}

/** Package names and versions: no control characters (they separate fields in the database), not absurdly long. */
export function asName(value: unknown): string | undefined {
  const text = asText(value);
  return text !== undefined && text.length <= 512 && !/[\u0000-\u001f\u007f]/.test(text) ? text : undefined;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
