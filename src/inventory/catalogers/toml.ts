import { parse } from 'smol-toml';
import { err, ok, type Result } from '#foundation/index.ts';
import type { InputFile } from '../cataloger.ts';

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_DEPTH = 32;

/** Reads a TOML file, its size and nesting bounded. */
export function parseToml(file: InputFile): Result<unknown> {
  if (file.size > MAX_BYTES) return err(`has more than ${MAX_BYTES} bytes`);
  const text = file.text();
  try {
    return ok(parse(text.charCodeAt(0) === 0xfe_ff ? text.slice(1) : text, { maxDepth: MAX_DEPTH }));
  } catch {
    return err('is not valid TOML');
  }
}
