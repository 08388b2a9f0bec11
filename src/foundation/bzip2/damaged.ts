import { DamagedInput } from '../bytes/damaged-input.ts';

/** What is wrong with a .bz2 file, as the end of a sentence about it. */
export function damaged(reason: string): DamagedInput {
  return new DamagedInput('bzip2-damaged', `The .bz2 data cannot be unpacked: ${reason}.`);
}
