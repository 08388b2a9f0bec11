/** `A` to `Z` become `a` to `z`; no other byte changes. */
export const FOLDED: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte,
);

/** The bytes that fold to the same as this one. */
export function alike(byte: number): readonly number[] {
  const folded = FOLDED[byte] ?? byte;
  return folded >= 0x61 && folded <= 0x7a ? [folded, folded - 0x20] : [folded];
}

/** Two neighbouring bytes as a `Uint16Array` over them reads them on this machine. */
export function pairOf(first: number, second: number): number {
  return isLittleEndian ? first | (second << 8) : (first << 8) | second;
}

/** How many pairs there are. */
export const PAIRS = 0x10000;

/** Of this machine. */
export const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
