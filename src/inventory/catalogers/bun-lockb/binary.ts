import { asBuffer, err, ok, type Result } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';

/** One package of the lock file; `needs` are positions in the list of packages. */
export interface BinaryPackage {
  readonly name: string;
  /** Empty for what has none: a folder, a repository, an archive elsewhere. */
  readonly version: string;
  readonly place: 'registry' | 'project' | 'elsewhere';
  readonly needs: readonly { readonly at: number; readonly behaviour: number }[];
}

/** What a dependency is for, as bits. */
export const BEHAVIOUR = { optional: 4, development: 8, peer: 16 } as const;

const HEAD = '#!/usr/bin/env bun\nbun-lockfile-format-v0\n';
const MAX_PACKAGES = 200_000;
const MAX_DEPENDENCIES = 2_000_000;
/** No dependency was chosen for a request: an optional peer. */
const NOTHING = 0xffff_ffff;

class Damage extends Error {}

/**
 * Reads `bun.lockb`, as Bun itself reads it
 * (https://github.com/oven-sh/bun/blob/main/src/install/lockfile/bun.lockb.zig): behind the head a table of packages, column by
 * column; behind that lists of numbers, dependencies and texts, each with where it begins and ends. Numbers are little-endian.
 */
export function parseBinaryLock(file: InputFile): Result<readonly BinaryPackage[]> {
  try {
    return ok(new BinaryLock(asBuffer(file.bytes())).packages());
  } catch (error) {
    if (error instanceof Damage) return err(error.message);
    throw error;
  }
}

class BinaryLock {
  readonly #bytes: Buffer;
  readonly #resolutionSize: number;
  readonly #count: number;
  readonly #columns: number;
  readonly #resolutions: Buffer;
  readonly #dependencies: Buffer;
  readonly #texts: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    if (bytes.subarray(0, HEAD.length).toString('latin1') !== HEAD)
      throw new Damage('does not begin as lock files of Bun do');
    const format = this.#number(HEAD.length);
    if (format !== 2 && format !== 3)
      throw new Damage('is of a version that is not known; `bun install --save-text-lockfile` writes it as text');
    // Numbers of versions have 4 bytes in format 2, 8 in format 3.
    this.#resolutionSize = format === 2 ? 64 : 72;
    // Behind the format: a digest of 32 bytes, the size of all, and the table's own head.
    const head = HEAD.length + 4 + 32 + 8;
    this.#count = this.#long(head);
    this.#columns = this.#long(head + 24);
    if (this.#count > MAX_PACKAGES) throw new Damage(`has more than ${MAX_PACKAGES} packages`);
    const lists = this.#listsFrom(this.#long(head + 32));
    const [, , resolutions, dependencies, , texts] = lists;
    if (!resolutions || !dependencies || !texts) throw new Damage('is cut short');
    this.#resolutions = resolutions;
    this.#dependencies = dependencies;
    this.#texts = texts;
  }

  packages(): BinaryPackage[] {
    let left = MAX_DEPENDENCIES;
    return Array.from({ length: this.#count }, (_, index) => {
      const resolution = this.#columns + this.#count * 16 + index * this.#resolutionSize;
      const needs = this.#needsOf(index, left);
      left -= needs.length;
      return { name: this.#text(this.#bytes, this.#columns + index * 8), ...this.#resolved(resolution), needs };
    });
  }

  /** Trees, hoisted dependencies, resolutions, dependencies, texts with their hashes, texts. */
  #listsFrom(start: number): Buffer[] {
    const lists: Buffer[] = [];
    for (let at = start; lists.length < 6; ) {
      const [from, to] = [this.#long(at), this.#long(at + 8)];
      if (from < at + 16 || to < from || to > this.#bytes.length) throw new Damage('is damaged');
      lists.push(this.#bytes.subarray(from, to));
      at = to;
    }
    return lists;
  }

  /** Tag 1 is the project, 2 the registry, 72 a member of the workspace, 4 and 64 folders; the others are repositories and archives. */
  #resolved(at: number): { version: string; place: BinaryPackage['place'] } {
    const tag = this.#byte(at);
    if (tag === 2) return { version: this.#version(at + 16), place: 'registry' };
    const isOwn = tag === 1 || tag === 72 || tag === 4 || tag === 64;
    return { version: '', place: isOwn ? 'project' : 'elsewhere' };
  }

  #version(at: number): string {
    const size = this.#resolutionSize === 64 ? 4 : 8;
    const numbers = [0, 1, 2].map((part) => (size === 4 ? this.#number(at + part * 4) : this.#long(at + part * 8)));
    const tags = at + (size === 4 ? 16 : 24);
    const [prerelease, build] = [this.#text(this.#bytes, tags), this.#text(this.#bytes, tags + 16)];
    return `${numbers.join('.')}${prerelease && `-${prerelease}`}${build && `+${build}`}`;
  }

  /** A part of the list of dependencies, of 26 bytes each: name, its hash, behaviour, kind, what is asked for. */
  #needsOf(index: number, most: number): BinaryPackage['needs'] {
    const column = this.#columns + this.#count * (16 + this.#resolutionSize) + index * 8;
    const [first, count] = [this.#number(column), this.#number(column + 4)];
    if (count > most) throw new Damage(`has more than ${MAX_DEPENDENCIES} dependencies`);
    if ((first + count) * 4 > this.#resolutions.length || (first + count) * 26 > this.#dependencies.length)
      throw new Damage('is damaged');
    const needs: { at: number; behaviour: number }[] = [];
    for (let number = first; number < first + count; number++) {
      const at = this.#resolutions.readUInt32LE(number * 4);
      if (at !== NOTHING) needs.push({ at, behaviour: this.#dependencies[number * 26 + 16] ?? 0 });
    }
    return needs;
  }

  /** Eight bytes: the text itself, or, with the last bit set, where it stands among the texts and how long it is. */
  #text(bytes: Buffer, at: number): string {
    if (at + 8 > bytes.length) throw new Damage('is cut short');
    if (((bytes[at + 7] ?? 0) & 0x80) === 0) {
      const end = bytes.subarray(at, at + 8).indexOf(0);
      return bytes.toString('utf8', at, end === -1 ? at + 8 : at + end);
    }
    const [start, length] = [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4) & 0x7fff_ffff];
    if (start + length > this.#texts.length || length > 4096) throw new Damage('is damaged');
    return this.#texts.toString('utf8', start, start + length);
  }

  #byte(at: number): number {
    const value = this.#bytes[at];
    if (value === undefined) throw new Damage('is cut short');
    return value;
  }

  #number(at: number): number {
    if (at < 0 || at + 4 > this.#bytes.length) throw new Damage('is cut short');
    return this.#bytes.readUInt32LE(at);
  }

  #long(at: number): number {
    const value = this.#number(at) + this.#number(at + 4) * 2 ** 32;
    if (!Number.isSafeInteger(value)) throw new Damage('is damaged');
    return value;
  }
}
