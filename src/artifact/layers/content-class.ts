import type { ContentClass } from './file-wish.ts';

/** How much of a file's beginning decides its class. */
export const HEAD_BYTES = 1024;

/** `undefined` for an empty file. The classes are described at `ContentClass`. */
export function contentClass(head: Uint8Array): ContentClass | undefined {
  if (head.length === 0) return undefined;
  const first = u32(head, 0);
  if (first === 0x7f454c46) return 'elf';
  if (MACH_O.has(first)) return 'mach-o';
  // A fat Mach-O begins as a Java class does; the latter has its version, 45 or more, where the former counts architectures.
  if (first === 0xcafebabe && head.length >= 8) return u32(head, 4) < 45 ? 'mach-o' : 'binary';
  if (head[0] === 0x4d && head[1] === 0x5a) return 'pe';
  if (head[0] === 0x23 && head[1] === 0x21) return 'script';
  if (isArchive(head, first)) return 'archive';
  return isText(head, first) ? 'text' : 'binary';
}

const MACH_O: ReadonlySet<number> = new Set([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe]);

const ARCHIVES: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
  [0x1f, 0x8b],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x42, 0x5a, 0x68],
  [0x21, 0x3c, 0x61, 0x72, 0x63, 0x68, 0x3e, 0x0a],
];

function isArchive(head: Uint8Array, first: number): boolean {
  if (first !== 0 && ARCHIVES.some((magic) => magic.every((byte, index) => head[index] === byte))) return true;
  return 'ustar'.split('').every((letter, index) => head[257 + index] === letter.charCodeAt(0));
}

function isText(head: Uint8Array, first: number): boolean {
  const mark = first >>> 16;
  if (mark === 0xfffe || mark === 0xfeff) return true;
  return !head.includes(0);
}

function u32(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4);
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}
