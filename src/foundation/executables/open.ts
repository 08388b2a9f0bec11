import { err, ok, type Result } from '../result.ts';
import { type Elf, isElf, openElf } from './elf/header.ts';
import type { ByteSource } from './image.ts';
import { isMachO, type MachO, openMachO } from './mach-o/header.ts';
import { openPe, type Pe } from './pe/header.ts';

/** An executable of one of the formats, to be told apart by `format`. */
export type AnyExecutable = Elf | Pe | MachO;

/**
 * The executables in a file: one, or one for each architecture of a Mach-O file for several. Reads headers only. Errors
 * complete "it ...": `is no ELF, PE or Mach-O file`, `has no PE header`.
 */
export function openExecutables(source: ByteSource): Result<readonly AnyExecutable[]> {
  const start = source.slice(0, 32);
  if (isElf(start)) return single(openElf(source));
  if (isMachO(start)) return openMachO(source);
  if (start[0] === 0x4d && start[1] === 0x5a) return single(openPe(source));
  return err('is no ELF, PE or Mach-O file');
}

function single<T>(opened: Result<T>): Result<readonly T[]> {
  return opened.ok ? ok([opened.value]) : opened;
}
