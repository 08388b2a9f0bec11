import { setImmediate, setTimeout } from 'node:timers/promises';
import { ok, type Result } from '#foundation/index.ts';
import type { SensorHealth, SensorSink } from '../../sensor.ts';
import { loadSharedMemory, type SharedMemory } from './libraries.ts';
import { MAX_PROCESSORS, RING_BYTES } from './program.ts';
import { RecordDecoder } from './records.ts';
import { Ring } from './ring.ts';

/** What the reader needs of a loaded program. Descriptors may come from another process: reading them takes no rights. */
export interface ProgramDescriptors {
  readonly ringDescriptor: number;
  readonly countersDescriptor: number;
}

const CLOCK_REALTIME = 0;
const CLOCK_BOOTTIME = 7;
/** How far the clock may drift from the kernel's own before it counts as set. */
const CLOCK_STEP_US = 500_000;
/** Records at a time, so that timers and signals get their turn under load. */
const BATCH = 16_384;
/** Between looks while there is work: it gathers events, and bounds how late they are told. */
const PAUSE_MS = 1;
const IDLE_LOOKS = 8;
const IDLE_WAIT_MS = 1000;
const COUNTER_WORDS = 4;

/** Reads the ring of a loaded program and delivers its events. */
export class BpfReader {
  readonly #memory: SharedMemory;
  readonly #ring: Ring;
  readonly #ringDescriptor: number;
  readonly #counters: BigUint64Array;
  readonly #decoder: RecordDecoder;
  #events = 0;
  #unreadable = 0;
  #toldLost = 0;
  #checkedUs = 0;

  private constructor(memory: SharedMemory, ring: Ring, ringDescriptor: number, counters: BigUint64Array) {
    this.#memory = memory;
    this.#ring = ring;
    this.#ringDescriptor = ringDescriptor;
    this.#counters = counters;
    this.#decoder = new RecordDecoder(ring.bytes, bootTimeUs(memory));
    this.#checkedUs = nowUs(memory);
  }

  static open({ ringDescriptor, countersDescriptor }: ProgramDescriptors): Result<BpfReader> {
    const memory = loadSharedMemory();
    if (!memory.ok) return memory;
    const ring = Ring.open(memory.value, ringDescriptor, RING_BYTES);
    if (!ring.ok) return ring;
    const counters = memory.value.map(countersDescriptor, 0, MAX_PROCESSORS * COUNTER_WORDS * 8, false);
    if (!counters.ok) return counters;
    return ok(new BpfReader(memory.value, ring.value, ringDescriptor, new BigUint64Array(counters.value)));
  }

  async run(sink: SensorSink, signal: AbortSignal): Promise<void> {
    let idle = 0;
    while (!signal.aborted) {
      const count = this.#drain(sink);
      this.#check(sink);
      if (count === BATCH) await setImmediate();
      else if (count > 0 || idle < IDLE_LOOKS) {
        idle = count > 0 ? 0 : idle + 1;
        await setTimeout(PAUSE_MS);
      } else await this.#memory.waitReadable(this.#ringDescriptor, IDLE_WAIT_MS);
    }
    this.#drain(sink);
    this.#check(sink, true);
  }

  health(): SensorHealth {
    const lostByCpu = this.#column(1);
    return {
      events: this.#events,
      lost: lostByCpu.reduce((sum, lost) => sum + lost, 0),
      lostByCpu,
      unreadable: this.#unreadable,
    };
  }

  #drain(sink: SensorSink): number {
    return this.#ring.drain((start, length) => {
      const event = this.#decoder.decode(start, length);
      if (event === undefined) {
        this.#unreadable++;
        return;
      }
      this.#events++;
      sink.event(event);
    }, BATCH);
  }

  /** Once a second: were events lost, was the clock set? */
  #check(sink: SensorSink, force = false): void {
    const now = nowUs(this.#memory);
    if (!force && now - this.#checkedUs < 1_000_000 && now >= this.#checkedUs) return;
    const from = this.#checkedUs;
    this.#checkedUs = now;
    this.#checkClock(sink, from, now);
    const { lost, lostByCpu } = this.health();
    if (lost === this.#toldLost) return;
    const processors = lostByCpu.flatMap((count, cpu) => (count > 0 ? [`processor ${cpu}: ${count}`] : []));
    sink.blind({
      reason: 'lost-events',
      sensor: 'bpf',
      fromUs: from,
      toUs: now,
      lost: lost - this.#toldLost,
      detail: `the ring buffer was full; lost since the start by ${processors.join(', ')}`,
    });
    this.#toldLost = lost;
  }

  #checkClock(sink: SensorSink, fromUs: number, toUs: number): void {
    const boot = bootTimeUs(this.#memory);
    const step = boot - this.#decoder.bootTimeUs;
    if (Math.abs(step) < CLOCK_STEP_US) return;
    this.#decoder.bootTimeUs = boot;
    sink.blind({
      reason: 'clock-change',
      sensor: 'bpf',
      fromUs,
      toUs,
      lost: undefined,
      detail: `the clock was set by ${(step / 1e6).toFixed(1)} s: times before and after cannot be compared`,
    });
  }

  #column(column: number): number[] {
    const values: number[] = [];
    let last = 0;
    for (let cpu = 0; cpu < MAX_PROCESSORS; cpu++) {
      const value = Number(this.#counters[cpu * COUNTER_WORDS + column] ?? 0n);
      values.push(value);
      if (this.#counters[cpu * COUNTER_WORDS] !== 0n || value > 0) last = cpu + 1;
    }
    return values.slice(0, last);
  }
}

function nowUs(memory: SharedMemory): number {
  return Math.floor(memory.clock(CLOCK_REALTIME) / 1000);
}

function bootTimeUs(memory: SharedMemory): number {
  return Math.floor((memory.clock(CLOCK_REALTIME) - memory.clock(CLOCK_BOOTTIME)) / 1000);
}
