import { asBuffer } from '../../bytes/index.ts';
import { Fields } from '../fields.ts';
import type { Elf, ElfSection } from './header.ts';

/** A named place in memory. */
export interface ElfSymbol {
  readonly name: string;
  readonly address: number;
  /** Bytes. */
  readonly size: number;
}

const SHT_SYMTAB = 2;
const SHT_DYNSYM = 11;
const MAX_SYMBOL_BYTES = 32 * 1024 * 1024;
const MAX_NAME_BYTES = 32 * 1024 * 1024;

/** The symbols of these names, of the whole table where it was not stripped off and of the dynamic one. */
export function elfSymbols(elf: Elf, names: ReadonlySet<string>): ElfSymbol[] {
  return elf.sections
    .filter(({ type }) => type === SHT_SYMTAB || type === SHT_DYNSYM)
    .flatMap((section) => symbolsIn(elf, section, names));
}

function symbolsIn(elf: Elf, table: ElfSection, wanted: ReadonlySet<string>): ElfSymbol[] {
  const strings = elf.sections[table.link];
  if (strings === undefined) return [];
  const names = asBuffer(elf.source.slice(strings.offset, Math.min(strings.size, MAX_NAME_BYTES)));
  const byOffset = offsetsOf(names, wanted);
  if (byOffset.size === 0) return [];
  const fields = new Fields(elf.source.slice(table.offset, Math.min(table.size, MAX_SYMBOL_BYTES)), elf);
  const [entryBytes, address, size] = elf.wordBytes === 8 ? [24, 8, 16] : [16, 4, 8];
  const found: ElfSymbol[] = [];
  for (let at = 0; fields.has(at, entryBytes); at += entryBytes) {
    const name = byOffset.get(fields.u32(at));
    if (name !== undefined) found.push({ name, address: fields.word(at + address), size: fields.word(at + size) });
  }
  return found;
}

/** Where the wanted names stand among the strings: a search for a few needles is quicker than reading every name. */
function offsetsOf(strings: Buffer, wanted: ReadonlySet<string>): Map<number, string> {
  const offsets = new Map<number, string>();
  for (const name of wanted) {
    const needle = `\0${name}\0`;
    const at = strings.indexOf(needle, 0, 'latin1');
    if (at !== -1) offsets.set(at + 1, name);
  }
  return offsets;
}
