/** One section of a made executable. */
export interface MadeSection {
  /** `.rodata`; in Mach-O files `__DATA,__data`. */
  readonly name: string;
  readonly content: Uint8Array;
  /** `SHT_…`; data when absent. ELF only. */
  readonly type?: number;
  /** Where it lies in memory; its offset plus 0x10000 when absent. */
  readonly address?: number;
  /** Name of the section that belongs to it. ELF only. */
  readonly link?: string;
  readonly isWritable?: boolean;
}

export interface MadeLayout {
  readonly isBigEndian?: boolean;
  readonly wordBytes?: 4 | 8;
}

const ADDRESS_SHIFT = 0x10000;
const ALIGNMENT = 16;

/** Writes numbers one after the other. */
export class Writer {
  readonly #parts: Buffer[] = [];
  readonly #isBigEndian: boolean;
  readonly #wordBytes: 4 | 8;

  constructor({ isBigEndian = false, wordBytes = 8 }: MadeLayout = {}) {
    this.#isBigEndian = isBigEndian;
    this.#wordBytes = wordBytes;
  }

  bytes(...bytes: number[]): this {
    return this.add(Buffer.from(bytes));
  }

  u16(...values: number[]): this {
    return this.#numbers(values, 2);
  }

  u32(...values: number[]): this {
    return this.#numbers(values, 4);
  }

  u64(...values: number[]): this {
    return this.#numbers(values, 8);
  }

  words(...values: number[]): this {
    return this.#numbers(values, this.#wordBytes);
  }

  text(text: string, length = text.length): this {
    const padded = Buffer.alloc(length);
    padded.write(text, 'latin1');
    return this.add(padded);
  }

  add(bytes: Uint8Array): this {
    this.#parts.push(Buffer.from(bytes));
    return this;
  }

  result(): Buffer {
    return Buffer.concat(this.#parts);
  }

  #numbers(values: readonly number[], length: 2 | 4 | 8): this {
    for (const value of values) {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
      const number = bytes.subarray(0, length);
      this.add(this.#isBigEndian ? Buffer.from(number).reverse() : number);
    }
    return this;
  }
}

interface Placed extends MadeSection {
  readonly offset: number;
  readonly at: number;
}

function place(sections: readonly MadeSection[], start: number): { placed: Placed[]; body: Buffer } {
  let offset = start;
  const parts: Buffer[] = [];
  const placed = sections.map((section) => {
    const gap = (ALIGNMENT - (offset % ALIGNMENT)) % ALIGNMENT;
    parts.push(Buffer.alloc(gap), Buffer.from(section.content));
    const at = offset + gap;
    offset = at + section.content.length;
    return { ...section, offset: at, at: section.address ?? at + ADDRESS_SHIFT };
  });
  return { placed, body: Buffer.concat(parts) };
}

/** An ELF file with these sections, each loaded by a program header of its own. `withoutSections`: as after `sstrip`. */
export function elfOf(
  sections: readonly MadeSection[],
  { withoutSections = false, kind = 3, ...layout }: MadeLayout & { withoutSections?: boolean; kind?: number } = {},
): Buffer {
  const { isBigEndian = false, wordBytes = 8 } = layout;
  const [headerBytes, programBytes, sectionBytes] = wordBytes === 8 ? [64, 56, 64] : [52, 32, 40];
  const names = ['', ...sections.map(({ name }) => name), '.shstrtab'];
  const nameTable = Buffer.from(`${names.join('\0')}\0`);
  const all: MadeSection[] = [...sections, { name: '.shstrtab', content: nameTable, type: 3 }];
  const { placed, body } = place(all, headerBytes + sections.length * programBytes);
  const tableAt = headerBytes + sections.length * programBytes + body.length;
  const counts = withoutSections ? [0, 0, 0] : [sectionBytes, all.length + 1, all.length];
  const header = new Writer(layout)
    .bytes(0x7f, 0x45, 0x4c, 0x46, wordBytes === 8 ? 2 : 1, isBigEndian ? 2 : 1, 1, 0)
    .words(...(wordBytes === 8 ? [0] : [0, 0]))
    .u16(kind, 62)
    .u32(1)
    .words(0, headerBytes, withoutSections ? 0 : tableAt)
    .u32(0)
    .u16(headerBytes, programBytes, sections.length, ...counts);
  for (const section of placed.slice(0, -1)) header.add(programHeader(section, layout));
  const table = new Writer(layout).add(Buffer.alloc(sectionBytes));
  for (const section of placed) {
    const link = all.findIndex(({ name }) => name === section.link) + 1;
    table.u32(nameTable.indexOf(`\0${section.name}\0`) + 1, section.type ?? 1);
    table.words(2, section.at, section.offset, section.content.length).u32(link, 0).words(1, 0);
  }
  return Buffer.concat([header.result(), body, withoutSections ? Buffer.alloc(0) : table.result()]);
}

function programHeader({ type, offset, at, content, isWritable = false }: Placed, layout: MadeLayout): Buffer {
  const flags = isWritable ? 6 : 4;
  const length = content.length;
  const kind = type === 7 ? 4 : 1;
  return layout.wordBytes === 4
    ? new Writer(layout).u32(kind, offset, at, at, length, length, flags, 4).result()
    : new Writer(layout).u32(kind, flags).u64(offset, at, at, length, length, 8).result();
}

/** A Mach-O file with these sections, each in a segment of its own. */
export function machOOf(sections: readonly MadeSection[], layout: MadeLayout = {}): Buffer {
  const { wordBytes = 8 } = layout;
  const [headerBytes, commandBytes] = wordBytes === 8 ? [32, 72 + 80] : [28, 56 + 68];
  const { placed, body } = place(sections, headerBytes + commandBytes * sections.length);
  const header = new Writer(layout)
    .u32(wordBytes === 8 ? 0xfeedfacf : 0xfeedface, 0, 0, 2, sections.length, commandBytes * sections.length, 0)
    .u32(...(wordBytes === 8 ? [0] : []));
  for (const { name, at, offset, content, isWritable = false } of placed) {
    const [segment = '', section = ''] = name.split(',');
    header
      .u32(wordBytes === 8 ? 0x19 : 1, commandBytes)
      .text(segment, 16)
      .words(at, content.length, offset, content.length)
      .u32(7, isWritable ? 3 : 1, 1, 0);
    header.text(section, 16).text(segment, 16).words(at, content.length);
    header.u32(offset, 4, 0, 0, 0, 0, 0, ...(wordBytes === 8 ? [0] : []));
  }
  return Buffer.concat([header.result(), body]);
}

/** A Mach-O file for several architectures. */
export function fatOf(architectures: readonly Uint8Array[]): Buffer {
  const header = new Writer({ isBigEndian: true }).u32(0xcafebabe, architectures.length);
  let offset = 8 + 20 * architectures.length;
  for (const content of architectures) {
    header.u32(7, 3, offset, content.length, 0);
    offset += content.length;
  }
  return Buffer.concat([header.result(), ...architectures]);
}

/** A PE file. `resources`, `clr`: the sections that the data directories lead to. Addresses are relative to the image base. */
export function peOf(
  sections: readonly MadeSection[],
  { wordBytes = 8, resources, clr, imageBase = 0x400000 }: PeOptions = {},
): Buffer {
  const optionalBytes = wordBytes === 8 ? 240 : 224;
  const { placed, body } = place(sections, 64 + 24 + optionalBytes + 40 * sections.length);
  const stub = new Writer().text('MZ', 60).u32(64);
  const optional = new Writer({ wordBytes }).u16(wordBytes === 8 ? 0x20b : 0x10b).add(Buffer.alloc(22));
  if (wordBytes === 4) optional.u32(0);
  optional.words(imageBase).add(Buffer.alloc((wordBytes === 8 ? 108 : 92) - 24 - 8));
  optional.u32(16);
  for (let index = 0; index < 16; index++) {
    const target = index === 2 ? resources : index === 14 ? clr : undefined;
    const section = placed.find(({ name }) => name === target);
    optional.u32(section?.at ?? 0, section?.content.length ?? 0);
  }
  const headers = new Writer().text('PE\0\0').u16(0x8664, sections.length).u32(0, 0, 0).u16(optionalBytes, 0x2002);
  headers.add(optional.result());
  for (const { name, at, offset, content, isWritable = false } of placed) {
    headers
      .text(name, 8)
      .u32(content.length, at, content.length, offset, 0, 0, 0, isWritable ? 0xc0000040 : 0x40000040);
  }
  return Buffer.concat([stub.result(), headers.result(), body]);
}

export interface PeOptions {
  readonly wordBytes?: 4 | 8;
  readonly resources?: string;
  readonly clr?: string;
  readonly imageBase?: number;
}

/** A note of an ELF file. */
export function noteOf(owner: string, type: number, content: Uint8Array, layout: MadeLayout = {}): Buffer {
  const pad = (length: number) => Buffer.alloc((4 - (length % 4)) % 4);
  const name = Buffer.from(`${owner}\0`);
  return new Writer(layout)
    .u32(name.length, content.length, type)
    .add(name)
    .add(pad(name.length))
    .add(content)
    .add(pad(content.length))
    .result();
}
