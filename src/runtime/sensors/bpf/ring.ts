import { err, ok, type Result } from '#foundation/index.ts';
import type { SharedMemory } from './libraries.ts';

const PAGE = 4096;
const HEADER_BYTES = 8;
const BUSY = 0x8000_0000;
const DISCARDED = 0x4000_0000;
const LENGTH = 0x3fff_ffff;

/** Gets one record: where it lies in `bytes`. Nothing may be kept of it after the call. */
export type RecordReader = (start: number, length: number) => void;

/**
 * A BPF ring buffer, read where the kernel writes it (https://docs.kernel.org/bpf/ringbuf.html): a page with the position up to which
 * we have read, a page with the position up to which the kernel has written, and the data, mapped twice in a row so that no record is split.
 */
export class Ring {
  readonly bytes: Buffer;
  readonly #consumer: BigInt64Array;
  readonly #producer: BigInt64Array;
  readonly #words: Int32Array;
  readonly #size: number;

  private constructor(consumer: ArrayBuffer, producer: ArrayBuffer, size: number) {
    this.#consumer = new BigInt64Array(consumer, 0, 1);
    this.#producer = new BigInt64Array(producer, 0, 1);
    this.#words = new Int32Array(producer, PAGE);
    this.bytes = Buffer.from(producer, PAGE);
    this.#size = size;
  }

  static open(memory: SharedMemory, descriptor: number, size: number): Result<Ring> {
    const consumer = memory.map(descriptor, 0, PAGE, true);
    if (!consumer.ok) return consumer;
    const producer = memory.map(descriptor, PAGE, PAGE + 2 * size, false);
    if (!producer.ok) return err(producer.error);
    return ok(new Ring(consumer.value, producer.value, size));
  }

  /** Reads what is there, at most `limit` records; returns how many. The kernel gets the room back in steps, not at the end only. */
  drain(read: RecordReader, limit: number): number {
    let position = Number(Atomics.load(this.#consumer, 0));
    let released = position;
    let count = 0;
    const end = Number(Atomics.load(this.#producer, 0));
    while (position < end && count < limit) {
      const start = position & (this.#size - 1);
      // Atomic, so that what is read after it is what was written before it, on processors that reorder too.
      const header = Atomics.load(this.#words, start >> 2) >>> 0;
      if (header & BUSY) break;
      const length = header & LENGTH;
      if (!(header & DISCARDED)) {
        read(start + HEADER_BYTES, length);
        count++;
      }
      position += (length + HEADER_BYTES + 7) & ~7;
      if (position - released > this.#size >> 4) {
        Atomics.store(this.#consumer, 0, BigInt(position));
        released = position;
      }
    }
    Atomics.store(this.#consumer, 0, BigInt(position));
    return count;
  }

  /** Bytes that wait to be read. */
  get backlog(): number {
    return Number(Atomics.load(this.#producer, 0) - Atomics.load(this.#consumer, 0));
  }
}
