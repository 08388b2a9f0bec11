import { asBuffer } from '../../bytes/index.ts';
import { Fields, textIn } from '../fields.ts';
import type { Elf, ElfSection } from './header.ts';

/** What the dynamic linker is told (https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.dynamic.html). */
export interface ElfDynamic {
  /** Names of the libraries it needs: `libssl.so.3`. */
  readonly needed: readonly string[];
  /** Its own name, of a library: `libssl.so.3`. */
  readonly soname?: string;
}

const SHT_DYNAMIC = 6;
const DT_NEEDED = 1;
const DT_SONAME = 14;
const MAX_DYNAMIC_BYTES = 256 * 1024;
const MAX_NEEDED = 1024;
const MAX_NAME_BYTES = 16 * 1024 * 1024;
const MAX_NAME = 512;

/** Nothing needed when it is linked statically, or its sections were stripped off. */
export function elfDynamic(elf: Elf): ElfDynamic {
  const table = elf.sections.find(({ type }) => type === SHT_DYNAMIC);
  const strings = table && elf.sections[table.link];
  if (table === undefined || strings === undefined) return { needed: [] };
  const needed: string[] = [];
  let soname: string | undefined;
  const names = asBuffer(elf.source.slice(strings.offset, Math.min(strings.size, MAX_NAME_BYTES)));
  for (const [tag, value] of entriesOf(elf, table)) {
    const name = tag === DT_NEEDED || tag === DT_SONAME ? textIn(names, value, MAX_NAME) : '';
    if (name === '') continue;
    if (tag === DT_SONAME) soname ??= name;
    else if (needed.length < MAX_NEEDED) needed.push(name);
  }
  return soname === undefined ? { needed } : { needed, soname };
}

function* entriesOf(elf: Elf, { offset, size }: ElfSection): Generator<[tag: number, value: number]> {
  const fields = new Fields(elf.source.slice(offset, Math.min(size, MAX_DYNAMIC_BYTES)), elf);
  for (let at = 0; fields.has(at, 2 * elf.wordBytes); at += 2 * elf.wordBytes) {
    const tag = fields.word(at);
    if (tag === 0) return;
    yield [tag, fields.word(at + elf.wordBytes)];
  }
}
