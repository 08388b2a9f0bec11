import { randomBytes } from 'node:crypto';
import { closeSync, constants, openSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { descriptorContent, type FileContent } from './file-content.ts';

/**
 * Content too large for memory, kept in a temporary file that has no name: it is unlinked as soon as it is open, so neither
 * a crash nor a kill leaves anything behind, and nobody else can open it.
 */
export class Spool {
  readonly #descriptor: number;
  #size = 0;
  #closed = false;

  constructor(directory: string = tmpdir()) {
    const path = join(directory, `plimsoll-${randomBytes(12).toString('hex')}`);
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
    this.#descriptor = openSync(path, flags, 0o600);
    unlinkSync(path);
  }

  get size(): number {
    return this.#size;
  }

  write(bytes: Uint8Array): void {
    let written = 0;
    while (written < bytes.length) {
      written += writeSync(this.#descriptor, bytes, written, bytes.length - written, this.#size + written);
    }
    this.#size += bytes.length;
  }

  /** What was written so far; usable until `close`. */
  content(): FileContent {
    return descriptorContent(this.#descriptor, 0, this.#size);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#descriptor);
  }
}
