import { memoryContent } from '#foundation/index.ts';
import type { InputFile } from '#inventory/index.ts';

/** A file in memory, as the engine hands files to catalogers. */
export function inputFile(path: string, content: Uint8Array | string): InputFile {
  return { path, ...memoryContent(typeof content === 'string' ? Buffer.from(content) : content) };
}
