import { parse } from 'smol-toml';
import { asBuffer } from '../bytes/index.ts';
import { err, ok, type Result } from '../result.ts';
import type { TextSource } from './text-source.ts';

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_DEPTH = 32;
/** Each takes some 700 bytes of memory while it is parsed; two bytes of text are enough for one. */
const MAX_KEYS = 400_000;
const MAX_VALUES = 1_500_000;
const COUNTED_FROM_BYTES = 256 * 1024;

/** Reads a TOML file, its size, nesting and number of keys bounded. */
export function parseToml(file: TextSource): Result<unknown> {
  if (file.size > MAX_BYTES) return err(`has more than ${MAX_BYTES} bytes`);
  if (file.size > COUNTED_FROM_BYTES && !isAffordable(asBuffer(file.bytes())))
    return err(`has more than ${MAX_KEYS} keys or ${MAX_VALUES} values`);
  const text = file.text();
  try {
    return ok(parse(text.charCodeAt(0) === 0xfe_ff ? text.slice(1) : text, { maxDepth: MAX_DEPTH }));
  } catch {
    return err('is not valid TOML');
  }
}

const NEWLINE = 10;
const QUOTES = [34, 39];
const HASH = 35;
const DOT = 46;
const EQUALS = 61;
const OPENERS_AND_COMMA = [44, 91, 123];

/** Counts what makes keys and values outside of texts and comments. */
function isAffordable(bytes: Buffer): boolean {
  let keys = 0;
  let values = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === HASH) at = lineEnd(bytes, at);
    else if (QUOTES.includes(byte)) at = textEnd(bytes, at);
    else if (byte === DOT || byte === EQUALS) keys++;
    else if (OPENERS_AND_COMMA.includes(byte)) values++;
  }
  return keys <= MAX_KEYS && values <= MAX_VALUES;
}

function lineEnd(bytes: Buffer, from: number): number {
  const newline = bytes.indexOf(NEWLINE, from);
  return newline === -1 ? bytes.length : newline;
}

/** Position of the text's last quote; of the end of the line, or of all, where it has none. */
function textEnd(bytes: Buffer, start: number): number {
  const quote = bytes[start] ?? 0;
  const isLong = bytes[start + 1] === quote && bytes[start + 2] === quote;
  for (let at = start + (isLong ? 3 : 1); at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === 92 && quote === 34) at++;
    else if (byte === NEWLINE && !isLong) return at;
    else if (byte === quote && !isLong) return at;
    else if (byte === quote && bytes[at + 1] === quote && bytes[at + 2] === quote) return at + 2;
  }
  return bytes.length;
}
