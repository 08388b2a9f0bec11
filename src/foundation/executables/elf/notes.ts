import { asBuffer } from '../../bytes/index.ts';
import { Fields } from '../fields.ts';
import type { Elf } from './header.ts';

/** A note (https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.pheader.html#note_section). */
export interface ElfNote {
  /** `GNU`, `FDO`, `Go`. */
  readonly owner: string;
  readonly type: number;
  readonly content: Buffer;
}

const MAX_NOTES = 256;
const MAX_NOTE_BYTES = 1024 * 1024;
const SHT_NOTE = 7;
const PT_NOTE = 4;

/** From the sections, or from the program headers where the sections were stripped off. */
export function elfNotes(elf: Elf): ElfNote[] {
  const sections = elf.sections.filter(({ type }) => type === SHT_NOTE);
  const places = sections.length > 0 ? sections : elf.programHeaders.filter(({ type }) => type === PT_NOTE);
  const notes: ElfNote[] = [];
  for (const { offset, size } of places) {
    const bytes = asBuffer(elf.source.slice(offset, Math.min(size, MAX_NOTE_BYTES)));
    for (const note of notesIn(new Fields(bytes, elf))) {
      if (notes.length === MAX_NOTES) return notes;
      notes.push(note);
    }
  }
  return notes;
}

function* notesIn(fields: Fields): Generator<ElfNote> {
  let at = 0;
  while (fields.has(at, 12)) {
    const [ownerBytes, contentBytes] = [fields.u32(at), fields.u32(at + 4)];
    const contentAt = at + 12 + padded(ownerBytes);
    if (!fields.has(contentAt, contentBytes)) return;
    yield {
      owner: fields.text(at + 12, ownerBytes),
      type: fields.u32(at + 8),
      content: fields.bytes.subarray(contentAt, contentAt + contentBytes),
    };
    at = contentAt + padded(contentBytes);
  }
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
