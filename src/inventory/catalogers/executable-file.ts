import { type AnyExecutable, openExecutables } from '#foundation/executables/index.ts';
import type { Result } from '#foundation/index.ts';
import type { InputFile } from '../cataloger.ts';

type Opened = Result<readonly AnyExecutable[]>;

/**
 * Several catalogers look into every executable of an image; its headers are parsed once. The engine gives each reader of a
 * file an `InputFile` of its own over the same `slice`.
 */
const opened = new WeakMap<InputFile['slice'], Opened>();

/** The executables in a file, one for each architecture. Headers only; see `openExecutables`. */
export function executablesIn(file: InputFile): Opened {
  const known = opened.get(file.slice);
  if (known) return known;
  const found = openExecutables(file);
  opened.set(file.slice, found);
  return found;
}
