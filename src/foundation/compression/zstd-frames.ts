import { DamagedInput } from '../bytes/damaged-input.ts';
import type { InputCursor } from './input-cursor.ts';

const FRAME_MAGIC = 0xfd2fb528;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];

/**
 * The bytes of the next zstd frame, unread, in pieces; nothing when only skippable frames are left (RFC 8878, 3.1). The
 * pieces are valid until the next one is asked for.
 */
export function* nextFrame(input: InputCursor): Generator<Uint8Array> {
  while (input.fill()) {
    const magic = input.uint32();
    if (magic === FRAME_MAGIC) {
      yield* frame(input);
      return;
    }
    if ((magic & 0xfffffff0) >>> 0 !== 0x184d2a50)
      throw new DamagedInput('zstd-damaged', 'A zstd frame does not begin as one.');
    for (let rest = input.uint32(); rest > 0; ) rest -= piece(input, rest).length;
  }
}

function* frame(input: InputCursor): Generator<Uint8Array> {
  const magic = Buffer.alloc(4);
  magic.writeUInt32LE(FRAME_MAGIC);
  yield magic;
  const descriptor = input.byte();
  yield Buffer.from([descriptor]);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const contentSize = CONTENT_SIZE_BYTES[descriptor >> 6] ?? 0;
  const header =
    (isSingleSegment ? Math.max(1, contentSize) : 1 + contentSize) + (DICTIONARY_ID_BYTES[descriptor & 3] ?? 0);
  yield* pieces(input, header);
  for (let isLast = false; !isLast; ) {
    const block = [input.byte(), input.byte(), input.byte()] as const;
    yield Buffer.from(block);
    const value = block[0] | (block[1] << 8) | (block[2] << 16);
    isLast = (value & 1) !== 0;
    // A block of type 1 repeats one byte.
    yield* pieces(input, ((value >> 1) & 3) === 1 ? 1 : value >> 3);
  }
  if (descriptor & 0x04) yield* pieces(input, 4);
}

function* pieces(input: InputCursor, length: number): Generator<Uint8Array> {
  for (let rest = length; rest > 0; ) {
    const next = piece(input, rest);
    rest -= next.length;
    yield next;
  }
}

function piece(input: InputCursor, length: number): Uint8Array {
  input.peek();
  const found = input.chunk.subarray(input.at, input.at + length);
  input.at += found.length;
  return found;
}
