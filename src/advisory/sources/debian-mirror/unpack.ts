import { type ByteStream, defaultUnpackLimits, detectCompression, unpackBytes, xzStream } from '#foundation/index.ts';

/** The content of a packed or plain file in memory, by its first bytes. Throws `DamagedInput`, at the latest while it is read. */
export function unpack(bytes: Uint8Array, maxBytes: number): ByteStream {
  if (detectCompression(bytes) === 'xz') return xzStream(bytes, { maxOutputBytes: maxBytes });
  return unpackBytes(bytes, { limits: { ...defaultUnpackLimits, maxBytes } }).stream;
}
