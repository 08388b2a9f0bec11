import assert from 'node:assert/strict';
import {
  assemblyOf,
  bytesAt,
  elfDynamic,
  elfNotes,
  elfSymbols,
  openExecutables,
  sectionBytes,
  versionStrings,
} from '#foundation/executables/index.ts';
import { memoryContent } from '#foundation/index.ts';
import { dotnetAssembly } from '../../kit/dotnet-assembly.ts';
import {
  elfOf,
  fatOf,
  type MadeLayout,
  type MadeSection,
  machOOf,
  noteOf,
  peOf,
  Writer,
} from '../../kit/executables.ts';
import { goProgram } from '../../kit/go-program.ts';
import { checkResult } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const MAX_BYTES = 4096;

function sections(layout: MadeLayout): MadeSection[] {
  return [
    { name: '.note.x', type: 7, content: noteOf('FDO', 1, Buffer.from('{}'), layout) },
    { name: '.dynstr', type: 3, content: Buffer.from('\0libm.so.6\0libx.so.1\0main\0') },
    { name: '.dynamic', type: 6, link: '.dynstr', content: new Writer(layout).words(1, 1, 14, 11, 0, 0).result() },
    { name: '.symtab', type: 2, link: '.dynstr', content: new Writer(layout).u32(21, 0).u64(0x4000, 16).result() },
    { name: '.data', content: Buffer.from('data'), isWritable: true },
  ];
}

const big: MadeLayout = { isBigEndian: true, wordBytes: 4 };

export const executables: FuzzTarget = {
  id: 'executables',
  title: 'ELF, PE and Mach-O files with their notes, symbols, resources and metadata',
  form: 'little-endian',
  seeds: () => [
    elfOf(sections({})),
    elfOf(sections(big), big),
    elfOf(sections({}), { withoutSections: true }),
    machOOf([{ name: '__DATA,__data', content: Buffer.from('data') }]),
    fatOf([machOOf([]), machOOf([], big)]),
    peOf(sections({}), { wordBytes: 4 }),
    dotnetAssembly({
      name: 'Tides',
      version: [1, 2, 3, 4],
      strings: { ProductVersion: '1.2.3', CompanyName: 'Harbour' },
    }),
    goProgram({ functions: ['runtime.main'], text: 'path\tx.io/a\n' }),
    goProgram({ format: 'pe', buildInfo: 'pointers', table: 'go1.2', functions: ['runtime.main'] }),
  ],
  run(bytes) {
    for (const executable of checkResult(openExecutables(memoryContent(bytes))) ?? []) {
      for (const section of executable.sections) {
        assert.match(section.name, /^[ -~]*$/, 'a name is printable');
        assert.ok(sectionBytes(executable, section, MAX_BYTES).length <= Math.min(MAX_BYTES, bytes.length));
      }
      for (const { address } of executable.segments) bytesAt(executable, address, MAX_BYTES);
      if (executable.format === 'pe') {
        for (const text of versionStrings(executable).values()) assert.doesNotMatch(text, /[\0-\x1f]/);
        assert.notEqual(assemblyOf(executable)?.name, '');
      }
      if (executable.format !== 'elf') continue;
      for (const { content } of elfNotes(executable)) assert.ok(content.length <= bytes.length);
      for (const { name } of elfSymbols(executable, new Set(['main']))) assert.equal(name, 'main');
      for (const name of elfDynamic(executable).needed) assert.match(name, /^[ -~]+$/);
    }
  },
};
