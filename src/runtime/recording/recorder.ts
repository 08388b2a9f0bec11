import { closeSync, openSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Container } from '../container.ts';
import type { SensorEvent } from '../event.ts';
import { type RecordingLine, renderLine } from './line.ts';
import { type Redaction, redactEvent } from './redact.ts';

const BATCH_CHARACTERS = 1024 * 1024;

/**
 * Writes what a watch sees, to be replayed. Names ending in `.gz` are compressed, batch by batch. Environments and host names are
 * left out of what is written; see `redactEvent`.
 */
export class Recorder {
  readonly #descriptor: number;
  readonly #compressed: boolean;
  readonly #redaction: Redaction;
  readonly #containers = new Set<string>();
  #batch: string[] = [];
  #characters = 0;
  written = 0;

  constructor(path: string, redaction: Redaction) {
    this.#descriptor = openSync(path, 'w', 0o600);
    this.#compressed = path.endsWith('.gz');
    this.#redaction = redaction;
  }

  event(event: SensorEvent): void {
    this.line({ kind: 'event', event: redactEvent(event, this.#redaction) });
  }

  seed(event: SensorEvent): void {
    this.line({ kind: 'seed', event: redactEvent(event, this.#redaction) });
  }

  /** A container is written once, when its engine has described it. */
  container(group: number, container: Container | undefined): void {
    if (container === undefined || container.described === 'waiting' || this.#containers.has(container.fullId)) return;
    this.#containers.add(container.fullId);
    this.line({ kind: 'container', group, container: { ...container, env: [] } });
  }

  line(line: RecordingLine): void {
    const text = renderLine(line);
    this.#batch.push(text);
    this.#characters += text.length;
    this.written++;
    if (this.#characters >= BATCH_CHARACTERS) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#descriptor);
  }

  #flush(): void {
    const bytes = Buffer.from(this.#batch.join(''));
    this.#batch = [];
    this.#characters = 0;
    const out = this.#compressed ? gzipSync(bytes) : bytes;
    for (let at = 0; at < out.length; ) at += writeSync(this.#descriptor, out, at);
  }
}
