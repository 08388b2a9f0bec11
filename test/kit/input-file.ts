import { memoryContent } from '#foundation/index.ts';
import type { InputFile } from '#inventory/index.ts';

/** A file in memory, as the engine hands files to readers. */
export function inputFile(path: string, content: Uint8Array | string, mode = 0o644): InputFile {
  return { path, mode, ...memoryContent(typeof content === 'string' ? Buffer.from(content) : content) };
}
