import { readdirSync } from 'node:fs';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';

export interface Cost {
  /** Processor time of the whole process, so that a busy machine makes no difference. */
  readonly cpuMs: number;
  /** By how much the process became larger than it ever was. */
  readonly grownBytes: number;
}

export async function costOf(run: () => void | Promise<void>): Promise<Cost> {
  const before = process.resourceUsage();
  const pending = run();
  if (pending) await pending;
  const after = process.resourceUsage();
  const cpuMs = (after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime) / 1000;
  return { cpuMs, grownBytes: (after.maxRSS - before.maxRSS) * 1024 };
}

/** Inputs are small and forgotten; what stays is somebody's cache without a bound. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/** What the process holds on to: memory after a collection, and open files. */
export class Holdings {
  readonly #bytes: number;
  readonly #files: number;

  private constructor(bytes: number, files: number) {
    this.#bytes = bytes;
    this.#files = files;
  }

  static async now(): Promise<Holdings> {
    // Closing takes turns of the event loop where the system does it.
    await nextTurn();
    global.gc?.();
    await delay(20);
    global.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    return new Holdings(heapUsed + external, openFiles());
  }

  /** In words, what is held more than before; undefined when that is nothing to speak of. */
  async excess(): Promise<string | undefined> {
    const { bytes, files } = (await Holdings.now()).#since(this);
    if (files > 0) return `${files} more open files than at the start`;
    return bytes > MAX_KEPT_BYTES ? `${Math.round(bytes / 2 ** 20)} MiB more kept than at the start` : undefined;
  }

  #since(start: Holdings): { bytes: number; files: number } {
    return { bytes: this.#bytes - start.#bytes, files: this.#files - start.#files };
  }
}

/** Zero where the system does not tell. */
function openFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
}
