import { damaged } from './damaged.ts';
import { LzmaDecoder } from './lzma.ts';
import { OutputWindow } from './window.ts';

const END = 0x00;
const COPY_WITH_DICTIONARY_RESET = 0x01;
const COPY = 0x02;
const LZMA = 0x80;
const LZMA_WITH_STATE_RESET = 0xa0;
const LZMA_WITH_PROPERTIES = 0xc0;
const LZMA_WITH_DICTIONARY_RESET = 0xe0;
const COPY_HEADER_BYTES = 3;
const LZMA_HEADER_BYTES = 5;
const PROPERTIES_BYTES = 1;

export interface Lzma2Options {
  readonly dictionaryBytes: number;
  /** Called with the size of each chunk before it is decoded; throws when that is too much. */
  readonly claim: (outputBytes: number) => void;
}

/** Where in the input the reading stands. */
export interface Cursor {
  position: number;
}

/** Decodes chunks from the cursor on and leaves it behind their end mark. Yields views that are valid until the next step. */
export function* decodeLzma2(input: Uint8Array, cursor: Cursor, options: Lzma2Options): Generator<Uint8Array> {
  const window = new OutputWindow(options.dictionaryBytes);
  try {
    yield* decodeChunks(input, cursor, window, options);
  } finally {
    window.release();
  }
}

function* decodeChunks(
  input: Uint8Array,
  cursor: Cursor,
  window: OutputWindow,
  options: Lzma2Options,
): Generator<Uint8Array> {
  const decoder = new LzmaDecoder(window);
  let needsDictionary = true;
  let needsProperties = true;
  for (;;) {
    const { position } = cursor;
    const control = byteAt(input, position);
    if (control === END) break;
    if (control === COPY_WITH_DICTIONARY_RESET || control >= LZMA_WITH_DICTIONARY_RESET) {
      window.resetDictionary();
      needsDictionary = false;
      needsProperties = true;
    }
    if (needsDictionary) throw damaged('LZMA2 data does not begin with a dictionary reset');
    if (control >= LZMA) {
      if (control >= LZMA_WITH_PROPERTIES) needsProperties = false;
      if (needsProperties) throw damaged('LZMA2 chunk without properties');
      cursor.position = lzmaChunk(input, position, control, decoder, window, options);
    } else if (control <= COPY) {
      cursor.position = copiedChunk(input, position, window, options);
    } else {
      throw damaged(`unknown LZMA2 chunk type ${control}`);
    }
    yield window.take();
  }
  cursor.position += 1;
}

function lzmaChunk(
  input: Uint8Array,
  position: number,
  control: number,
  decoder: LzmaDecoder,
  window: OutputWindow,
  options: Lzma2Options,
): number {
  const outputBytes = ((control & 0x1f) << 16) + bigEndian16(input, position + 1) + 1;
  const inputBytes = bigEndian16(input, position + 3) + 1;
  let start = position + LZMA_HEADER_BYTES;
  if (control >= LZMA_WITH_PROPERTIES) {
    decoder.setProperties(byteAt(input, start));
    start += PROPERTIES_BYTES;
  }
  if (control >= LZMA_WITH_STATE_RESET) decoder.resetState();
  const chunk = slice(input, start, inputBytes);
  options.claim(outputBytes);
  window.reserve(outputBytes);
  decoder.decodeChunk(chunk, outputBytes);
  return start + inputBytes;
}

function copiedChunk(input: Uint8Array, position: number, window: OutputWindow, options: Lzma2Options): number {
  const bytes = bigEndian16(input, position + 1) + 1;
  const start = position + COPY_HEADER_BYTES;
  const chunk = slice(input, start, bytes);
  options.claim(bytes);
  window.reserve(bytes);
  window.append(chunk);
  return start + bytes;
}

function byteAt(input: Uint8Array, position: number): number {
  const byte = input[position];
  if (byte === undefined) throw damaged('the file ends in the middle of its data');
  return byte;
}

function bigEndian16(input: Uint8Array, position: number): number {
  return (byteAt(input, position) << 8) | byteAt(input, position + 1);
}

function slice(input: Uint8Array, start: number, bytes: number): Uint8Array {
  if (start + bytes > input.length) throw damaged('the file ends in the middle of its data');
  return input.subarray(start, start + bytes);
}
