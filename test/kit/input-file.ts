import type { InputFile } from '#inventory/index.ts';

/** A file in memory, as the engine hands files to catalogers. */
export function inputFile(path: string, content: Uint8Array | string): InputFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    path,
    size: bytes.length,
    slice: (offset, length) => bytes.subarray(offset, offset + length),
    bytes: () => bytes,
    text: () => new TextDecoder().decode(bytes),
  };
}
