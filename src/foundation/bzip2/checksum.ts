const POLYNOMIAL = 0x04c1_1db7;

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value < 0 ? (value << 1) ^ POLYNOMIAL : value << 1;
  return value;
});

/** CRC-32 with the highest bit first, unlike that of gzip. */
export function blockChecksum(text: Uint8Array): number {
  let value = -1;
  for (const byte of text) value = (value << 8) ^ (TABLE[((value >>> 24) ^ byte) & 0xff] ?? 0);
  return ~value >>> 0;
}
