import { elfOf, machOOf, peOf, Writer } from './executables.ts';

export interface MadeGoProgram {
  readonly format?: 'elf' | 'pe' | 'mach-o';
  readonly isBigEndian?: boolean;
  readonly wordBytes?: 4 | 8;
  /** `pointers`: as Go wrote its build information before 1.18. */
  readonly buildInfo?: 'inline' | 'pointers';
  readonly goVersion?: string;
  readonly text?: string;
  readonly table?: 'go1.2' | 'go1.16' | 'go1.18' | 'go1.20';
  readonly functions?: readonly string[];
}

const MARKER = '\x30\x77\xaf\x0c\x92\x74\x08\x02\x41\xe1\xc1\x07\xe6\xd6\x18\xe6';
const MAGIC = new Map([
  ['go1.2', 0xfffffffb],
  ['go1.16', 0xfffffffa],
  ['go1.18', 0xfffffff0],
  ['go1.20', 0xfffffff1],
]);
/** Where the section of the build information lies in memory, so that pointers to what is in it can be written. */
const ADDRESS = 0x50000;

/** As much of a program as a Go linker would leave of one without code: build information and names of functions. */
export function goProgram({ format = 'elf', ...made }: MadeGoProgram = {}): Buffer {
  const [infoName, tableName] = NAMES[format];
  const isPe = format === 'pe';
  const sections = [
    { name: infoName, content: buildInfo(made, isPe ? 0x400000 : 0), address: ADDRESS, isWritable: true },
    { name: tableName, content: functionTable(made) },
  ];
  const { isBigEndian = false, wordBytes = 8 } = made;
  if (format === 'elf') return elfOf(sections, { isBigEndian, wordBytes });
  return isPe ? peOf(sections, { wordBytes }) : machOOf(sections, { isBigEndian, wordBytes });
}

const NAMES = {
  elf: ['.go.buildinfo', '.gopclntab'],
  'mach-o': ['__DATA,__go_buildinfo', '__TEXT,__gopclntab'],
  pe: ['.data', '.rdata'],
} as const;

function buildInfo(made: Omit<MadeGoProgram, 'format'>, imageBase: number): Buffer {
  const { goVersion = 'go1.22.3', text = '', isBigEndian = false, wordBytes = 8 } = made;
  const framed = text === '' ? '' : `${MARKER}${text}${MARKER}`;
  const header = new Writer(made).text('\xff Go buildinf:');
  if (made.buildInfo !== 'pointers') {
    header.bytes(0, 2).add(Buffer.alloc(16));
    for (const part of [goVersion, framed]) header.add(varint(Buffer.byteLength(part, 'latin1'))).text(part);
    return header.result();
  }
  const [first, second] = [ADDRESS + 48, ADDRESS + 48 + 2 * wordBytes];
  header.bytes(wordBytes, isBigEndian ? 1 : 0).words(imageBase + first, imageBase + second);
  header.add(Buffer.alloc(48 - header.result().length));
  const texts = second + 2 * wordBytes;
  header.words(imageBase + texts, goVersion.length, imageBase + texts + goVersion.length, framed.length);
  return header.text(goVersion).text(framed).result();
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}

function functionTable({ table = 'go1.20', functions = [], ...layout }: Omit<MadeGoProgram, 'format'>): Buffer {
  const { wordBytes = 8 } = layout;
  const names = `${functions.join('\0')}\0`;
  const header = new Writer(layout).u32(MAGIC.get(table) ?? 0).bytes(0, 0, 1, wordBytes);
  if (table === 'go1.2') {
    header
      .words(functions.length)
      .words(0x1000, 64)
      .add(Buffer.from([7, 3, 0]));
    return header.text(names).text('/src/net/http/server.go\0').result();
  }
  const numbers = table === 'go1.16' ? [functions.length, 1] : [functions.length, 1, 0x1000];
  const start = 8 + wordBytes * (numbers.length + 5);
  const end = start + names.length;
  return header
    .words(...numbers, start, end, end, end, end)
    .text(names)
    .text('not/a.Function\0')
    .result();
}
