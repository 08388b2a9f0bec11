import { err, ok, type Result } from '#foundation/index.ts';
import type { InputFile } from '../cataloger.ts';

/** `[],[],[],` makes thirty bytes of memory of three bytes of text; the largest real lock files have a tenth of this. */
const MAX_VALUES = 2_000_000;
const COUNTED_FROM_BYTES = 1024 * 1024;

/** Reads a JSON file, its size and the number of its values bounded. The parser of the platform does not recurse. */
export function parseJson(file: InputFile): Result<unknown> {
  if (file.size > COUNTED_FROM_BYTES && valuesIn(file.bytes()) > MAX_VALUES)
    return err(`has more than ${MAX_VALUES} values`);
  return parseJsonText(file.text());
}

export function parseJsonText(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text.charCodeAt(0) === 0xfe_ff ? text.slice(1) : text));
  } catch {
    return err('is not valid JSON');
  }
}

/** At least as many as there are; separators inside texts count as well. */
function valuesIn(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === 0x2c || byte === 0x5b || byte === 0x7b) count++;
  return count;
}
