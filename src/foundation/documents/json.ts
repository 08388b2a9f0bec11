import { err, ok, type Result } from '../result.ts';
import type { TextSource } from './text-source.ts';

/** `[],[],[],` makes thirty bytes of memory of three bytes of text; the largest real lock files have a tenth of this. */
const MAX_VALUES = 2_000_000;
const COUNTED_FROM = 1024 * 1024;

/** Reads a JSON file, its size and the number of its values bounded. The parser of the platform does not recurse. */
export function parseJson(file: TextSource): Result<unknown> {
  return parseJsonText(file.text());
}

export function parseJsonText(text: string): Result<unknown> {
  if (text.length > COUNTED_FROM && valuesIn(text) > MAX_VALUES) return err(`has more than ${MAX_VALUES} values`);
  try {
    return ok(JSON.parse(text.charCodeAt(0) === 0xfe_ff ? text.slice(1) : text));
  } catch {
    return err('is not valid JSON');
  }
}

/** At least as many as there are; separators inside texts count as well. */
function valuesIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2c || code === 0x5b || code === 0x7b) count++;
  }
  return count;
}
