import { DamagedInput } from '../bytes/damaged-input.ts';

/** What is wrong with an .xz file, as the end of a sentence about it. */
export function damaged(reason: string): DamagedInput {
  return new DamagedInput('xz-damaged', `The .xz data cannot be unpacked: ${reason}.`);
}
