import assert from 'node:assert/strict';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { test } from 'node:test';
import { elfOf, fatOf, type MadeSection, machOOf, noteOf, peOf, Writer } from '../../../test/kit/executables.ts';
import { descriptorContent, memoryContent } from '../bytes/index.ts';
import {
  type AnyExecutable,
  assemblyOf,
  bytesAt,
  elfDynamic,
  elfNotes,
  elfSymbols,
  openExecutables,
  sectionBytes,
  sectionNamed,
  versionStrings,
} from './index.ts';

const sections: readonly MadeSection[] = [
  { name: '.rodata', content: Buffer.from('read only') },
  { name: '.data', content: Buffer.from('written'), isWritable: true },
];

function opened(bytes: Uint8Array): readonly AnyExecutable[] {
  const found = openExecutables(memoryContent(bytes));
  assert.ok(found.ok, found.ok ? '' : found.error);
  return found.value;
}

function only(bytes: Uint8Array): AnyExecutable {
  const [first, ...more] = opened(bytes);
  assert.ok(first && more.length === 0);
  return first;
}

const layouts = [true, false].flatMap((isBigEndian) =>
  ([4, 8] as const).map((wordBytes) => ({ isBigEndian, wordBytes })),
);

for (const layout of layouts) {
  const words = `${layout.wordBytes * 8} bit, ${layout.isBigEndian ? 'big' : 'little'} endian`;
  for (const [format, make, name] of [
    ['elf', elfOf, '.data'],
    ['mach-o', (all: readonly MadeSection[]) => machOOf(all.map(machNamed), layout), '__DATA,.data'],
  ] as const) {
    test(`reads ${format} of ${words}`, () => {
      const executable = only(make(sections, layout));
      assert.equal(executable.format, format);
      assert.equal(executable.isBigEndian, layout.isBigEndian);
      assert.equal(executable.wordBytes, layout.wordBytes);
      const data = sectionNamed(executable, name);
      assert.ok(data);
      assert.equal(sectionBytes(executable, data, 1000).toString(), 'written');
      assert.equal(sectionBytes(executable, data, 3).toString(), 'wri');
      assert.equal(bytesAt(executable, data.address + 2, 100).toString(), 'itten');
      assert.equal(bytesAt(executable, 1, 100).length, 0);
      assert.deepEqual(
        executable.segments.map(({ isWritable }) => isWritable),
        [false, true],
      );
    });
  }

  test(`reads notes, symbols and the dynamic table of ELF of ${words}`, () => {
    const { isBigEndian, wordBytes } = layout;
    const strings = Buffer.from('\0libm.so.6\0libx.so.1\0main.version\0');
    const symbol = new Writer(layout).u32(21);
    if (wordBytes === 8) symbol.u32(0).u64(0x4000, 16);
    else symbol.u32(0x4000, 16, 0);
    const elf = only(
      elfOf(
        [
          { name: '.note.x', type: 7, content: noteOf('FDO', 42, Buffer.from('{}'), layout) },
          { name: '.dynstr', type: 3, content: strings },
          {
            name: '.dynamic',
            type: 6,
            link: '.dynstr',
            content: new Writer(layout).words(1, 1, 14, 11, 0, 0).result(),
          },
          { name: '.symtab', type: 2, link: '.dynstr', content: symbol.result() },
        ],
        { isBigEndian, wordBytes },
      ),
    );
    assert.ok(elf.format === 'elf');
    assert.deepEqual(
      elfNotes(elf).map(({ owner, type, content }) => [owner, type, content.toString()]),
      [['FDO', 42, '{}']],
    );
    assert.deepEqual(elfDynamic(elf), { needed: ['libm.so.6'], soname: 'libx.so.1' });
    assert.deepEqual(elfSymbols(elf, new Set(['main.version', 'version'])), [
      { name: 'main.version', address: 0x4000, size: 16 },
    ]);
  });
}

function machNamed(section: MadeSection): MadeSection {
  return { ...section, name: `__DATA,${section.name}` };
}

test('reads ELF files whose sections were stripped off', () => {
  const elf = only(elfOf(sections, { withoutSections: true }));
  assert.deepEqual(elf.sections, []);
  assert.equal(elf.segments.length, 2);
});

test('reads every architecture of a Mach-O file', () => {
  const parts = [machOOf([{ name: '__TEXT,a', content: Buffer.from('one') }]), machOOf([], { wordBytes: 4 })];
  const found = opened(fatOf(parts));
  assert.deepEqual(
    found.map(({ wordBytes }) => wordBytes),
    [8, 4],
  );
  const [first] = found;
  assert.ok(first?.sections[0]);
  assert.equal(sectionBytes(first, first.sections[0], 10).toString(), 'one');
});

test('reads PE files of both widths', () => {
  for (const wordBytes of [4, 8] as const) {
    const pe = only(peOf(sections, { wordBytes }));
    assert.ok(pe.format === 'pe');
    assert.equal(pe.imageBase, 0x400000);
    const data = sectionNamed(pe, '.data');
    assert.ok(data);
    assert.equal(bytesAt(pe, data.address, 100).toString(), 'written');
    assert.equal(assemblyOf(pe), undefined);
    assert.equal(versionStrings(pe).size, 0);
  }
});

for (const [what, bytes, error] of [
  ['nothing', '', 'is no ELF, PE or Mach-O file'],
  ['a text', '#!/bin/sh\n', 'is no ELF, PE or Mach-O file'],
  ['a Java class', '\xca\xfe\xba\xbe\0\0\0\x34', 'is no ELF, PE or Mach-O file'],
  ['the first bytes of ELF', '\x7fELF\x02\x01', 'has no ELF header of a known class and byte order'],
  ['the first bytes of PE', 'MZ', 'has no PE header'],
  [
    'an ELF file of an unknown class',
    `\x7fELF\x09\x01${'\0'.repeat(60)}`,
    'has no ELF header of a known class and byte order',
  ],
] as const) {
  test(`refuses ${what} with words`, () => {
    const found = openExecutables(memoryContent(Buffer.from(bytes, 'latin1')));
    assert.deepEqual(found, { ok: false, error });
  });
}

test('refuses more sections than any program has', () => {
  const elf = elfOf(sections);
  elf.writeUInt16LE(60_000, 60);
  assert.equal(openExecutables(memoryContent(elf)).ok, false);
});

test('reads the program that runs this test', () => {
  const descriptor = openSync(process.execPath, 'r');
  try {
    const found = openExecutables(descriptorContent(descriptor, 0, fstatSync(descriptor).size));
    assert.ok(found.ok && found.value[0] && found.value[0].segments.length > 0);
  } finally {
    closeSync(descriptor);
  }
});
