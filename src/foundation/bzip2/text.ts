import type { Block } from './block.ts';
import { damaged } from './damaged.ts';

const RUN_LENGTH = 4;

/**
 * The text of a block: the bytes put back into their order, and runs written out, of which the first four bytes stand there and
 * the fifth says how many more there are.
 */
export function textOf(block: Block, maxBytes: number): Uint8Array {
  const { bytes, origin } = block;
  const links = linksOf(bytes);
  let text = new Uint8Array(Math.min(maxBytes, bytes.length + (bytes.length >> 2) + 256));
  let length = 0;
  let at = links[origin] ?? 0;
  let last = -1;
  let run = 0;
  for (let count = 0; count < bytes.length; count += 1) {
    const byte = bytes[at] ?? 0;
    at = links[at] ?? 0;
    const repeats = run === RUN_LENGTH ? byte : 1;
    if (length + repeats > text.length) text = grown(text, length + repeats, maxBytes);
    if (run === RUN_LENGTH) {
      text.fill(last, length, length + repeats);
      length += repeats;
      run = 0;
      last = -1;
    } else {
      text[length++] = byte;
      run = byte === last ? run + 1 : 1;
      last = byte;
    }
  }
  return text.subarray(0, length);
}

/** Where the byte lies that follows each byte in the text: the inverse of the Burrows-Wheeler transform. */
function linksOf(bytes: Uint8Array): Uint32Array {
  const starts = new Uint32Array(257);
  for (const byte of bytes) starts[byte + 1] = (starts[byte + 1] ?? 0) + 1;
  for (let value = 0; value < 256; value += 1) starts[value + 1] = (starts[value + 1] ?? 0) + (starts[value] ?? 0);
  const links = new Uint32Array(bytes.length);
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    const place = starts[byte] ?? 0;
    links[place] = index;
    starts[byte] = place + 1;
  }
  return links;
}

function grown(text: Uint8Array, needed: number, maxBytes: number): Uint8Array<ArrayBuffer> {
  if (needed > maxBytes) throw damaged(`it is larger than ${maxBytes} bytes when unpacked`);
  const larger = new Uint8Array(Math.min(maxBytes, Math.max(needed, text.length * 2)));
  larger.set(text);
  return larger;
}
