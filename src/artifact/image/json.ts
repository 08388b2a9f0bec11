import { err, ok, type Result } from '#foundation/index.ts';

/** An object of a JSON document, its members not looked at yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function parseJsonObject(bytes: Uint8Array): Result<JsonObject> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isObject(value) ? ok(value) : err('it is no JSON object');
  } catch {
    return err('it is no JSON');
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The text, or undefined for anything else and for the empty text that Go writes for absent values. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function asTexts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return asArray(value).filter((item) => typeof item === 'string');
}

export function asTextMap(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(asObject(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** A whole number of bytes, or undefined. */
export function asSize(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
