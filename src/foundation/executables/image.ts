import { asBuffer } from '../bytes/index.ts';

/** Bytes of known size with random access, the part of `FileContent` that readers of executables need. */
export interface ByteSource {
  /** Bytes. */
  readonly size: number;
  /** The bytes from `offset`; shorter than `length` only at the end. */
  slice(offset: number, length: number): Uint8Array;
}

/** An executable or library as its headers describe it. Offsets, sizes and addresses are bytes; those over 2^53 are inexact. */
export interface Executable {
  readonly format: 'elf' | 'pe' | 'mach-o';
  readonly source: ByteSource;
  readonly isBigEndian: boolean;
  /** Bytes of an address. */
  readonly wordBytes: 4 | 8;
  /** What is to be run, loaded or linked: `.o` files and kernel modules are `object`. */
  readonly kind: 'program' | 'library' | 'object' | 'other';
  readonly sections: readonly Section[];
  /** Parts of the file that are loaded. In PE files the sections are loaded. */
  readonly segments: readonly Segment[];
}

export interface Section {
  /** `.rodata`, `__TEXT,__cstring`; a `?` stands for what is no text. */
  readonly name: string;
  /** Where it lies in memory; relative to the image base in PE files. */
  readonly address: number;
  readonly offset: number;
  /** Bytes in the file. 0 for those that have none. */
  readonly size: number;
}

export interface Segment {
  readonly address: number;
  readonly offset: number;
  /** Bytes in the file. */
  readonly size: number;
  readonly isWritable: boolean;
}

export function sectionNamed(executable: Executable, name: string): Section | undefined {
  return executable.sections.find((section) => section.name === name);
}

/** The content of a section, its first `maxBytes` at most. */
export function sectionBytes({ source }: Executable, { offset, size }: Section, maxBytes: number): Buffer {
  return asBuffer(source.slice(offset, Math.min(size, maxBytes)));
}

/** The bytes at an address, up to the end of the segment that holds it; empty when none does. */
export function bytesAt({ source, segments }: Executable, address: number, length: number): Buffer {
  const segment = segments.find((one) => address >= one.address && address < one.address + one.size);
  if (segment === undefined) return Buffer.alloc(0);
  const into = address - segment.address;
  return asBuffer(source.slice(segment.offset + into, Math.min(length, segment.size - into)));
}

/** A part of another source, as if it were all: one architecture of a file for several. */
export function partOf(source: ByteSource, offset: number, size: number): ByteSource {
  const length = Math.max(0, Math.min(size, source.size - offset));
  return {
    size: length,
    slice: (start, wanted) => {
      const from = Math.min(Math.max(start, 0), length);
      return source.slice(offset + from, Math.min(Math.max(wanted, 0), length - from));
    },
  };
}
