import { damaged } from './damaged.ts';

/** What runs behind LZMA2. Streams: `push` returns what is ready, `finish` the rest. Returned views may be reused by the next call. */
export interface OutputFilter {
  push(bytes: Uint8Array): Uint8Array;
  finish(): Uint8Array;
}

const FILTER_DELTA = 0x03;
const FILTER_X86 = 0x04;

export function createFilter(id: number, properties: Uint8Array): OutputFilter {
  if (id === FILTER_DELTA && properties.length === 1) return new DeltaFilter((properties[0] as number) + 1);
  if (id === FILTER_X86 && properties.length === 0) return new X86Filter(0);
  if (id === FILTER_X86 && properties.length === 4) {
    return new X86Filter(new DataView(properties.buffer, properties.byteOffset, 4).getUint32(0, true));
  }
  throw damaged(`unsupported filter 0x${id.toString(16)}`);
}

/** Each byte was stored as the difference to the byte `distance` before it. */
class DeltaFilter implements OutputFilter {
  readonly #history = new Uint8Array(256);
  readonly #distance: number;
  #position = 0;

  constructor(distance: number) {
    this.#distance = distance;
  }

  push(bytes: Uint8Array): Uint8Array {
    const output = new Uint8Array(bytes.length);
    const history = this.#history;
    for (let index = 0; index < bytes.length; index += 1) {
      const value = ((bytes[index] as number) + (history[(this.#position - this.#distance) & 0xff] as number)) & 0xff;
      output[index] = value;
      history[this.#position & 0xff] = value;
      this.#position += 1;
    }
    return output;
  }

  finish(): Uint8Array {
    return new Uint8Array(0);
  }
}

const INSTRUCTION_BYTES = 5;
const MASK_TO_BYTE = [0, 1, 2, 2, 3] as const;

/**
 * x86 branch conversion: targets of CALL (E8) and JMP (E9) were stored as absolute addresses. A candidate is left alone
 * when bytes of the last few positions make it look like data; `mask` holds what was seen there, one bit a position for
 * an opcode and one for a byte that could be the top of an address.
 */
class X86Filter implements OutputFilter {
  /** Where `#pending` begins in the block; wraps at 2^32 as the encoder's counter does. */
  #address: number;
  #lastOpcode: number;
  #mask = 0;
  #pending: Uint8Array = new Uint8Array(0);

  constructor(startOffset: number) {
    this.#address = startOffset;
    this.#lastOpcode = (startOffset - INSTRUCTION_BYTES) >>> 0;
  }

  push(bytes: Uint8Array): Uint8Array {
    const data = new Uint8Array(this.#pending.length + bytes.length);
    data.set(this.#pending);
    data.set(bytes, this.#pending.length);
    const done = this.#convert(data);
    this.#pending = data.slice(done);
    this.#address = (this.#address + done) >>> 0;
    return data.subarray(0, done);
  }

  finish(): Uint8Array {
    return this.#pending;
  }

  /** Converts in place and returns how many leading bytes are final. */
  #convert(data: Uint8Array): number {
    const limit = data.length - INSTRUCTION_BYTES;
    let position = 0;
    while (position <= limit) {
      if (((data[position] as number) & 0xfe) !== 0xe8) {
        position += 1;
        continue;
      }
      this.#ageMask((this.#address + position) >>> 0);
      const top = data[position + INSTRUCTION_BYTES - 1] as number;
      const seen = this.#mask >>> 1;
      if (isAddressTop(top) && seen <= 4 && seen !== 3) {
        this.#rewrite(data, position);
        position += INSTRUCTION_BYTES;
        this.#mask = 0;
      } else {
        position += 1;
        this.#mask |= isAddressTop(top) ? 0x11 : 0x01;
      }
    }
    return position;
  }

  #ageMask(address: number): void {
    const distance = (address - this.#lastOpcode) >>> 0;
    this.#lastOpcode = address;
    if (distance > INSTRUCTION_BYTES) this.#mask = 0;
    else for (let step = 0; step < distance; step += 1) this.#mask = (this.#mask & 0x77) << 1;
  }

  #rewrite(data: Uint8Array, position: number): void {
    const view = new DataView(data.buffer, data.byteOffset + position + 1, 4);
    const next = (this.#address + position + INSTRUCTION_BYTES) | 0;
    let source = view.getInt32(0, true);
    let target = (source - next) | 0;
    if (this.#mask !== 0) {
      const shift = (MASK_TO_BYTE[(this.#mask >>> 1) as 0 | 1 | 2 | 3 | 4] as number) * 8;
      while (isAddressTop((target >>> (24 - shift)) & 0xff)) {
        source = target ^ ((1 << (32 - shift)) - 1);
        target = (source - next) | 0;
      }
    }
    // Sign-extended from 25 bits.
    view.setInt32(0, (target << 7) >> 7, true);
  }
}

function isAddressTop(byte: number): boolean {
  return byte === 0x00 || byte === 0xff;
}
