import { peOf, Writer } from './executables.ts';

export interface MadeAssembly {
  readonly name: string;
  readonly version: readonly [number, number, number, number];
  /** The strings of its version resource. None: without the resource. */
  readonly strings?: Readonly<Record<string, string>>;
}

const CLR_ADDRESS = 0x2000;
const RESOURCE_ADDRESS = 0x4000;

/** A .NET assembly without code: its manifest and, if wanted, a version resource. */
export function dotnetAssembly({ name, version, strings }: MadeAssembly): Buffer {
  const sections = [{ name: '.text', content: clr(name, version), address: CLR_ADDRESS }];
  if (strings === undefined) return peOf(sections, { wordBytes: 4, clr: '.text' });
  const resource = { name: '.rsrc', content: resources(strings), address: RESOURCE_ADDRESS };
  return peOf([...sections, resource], { wordBytes: 4, clr: '.text', resources: '.rsrc' });
}

/** ECMA-335: the header, then metadata with three streams and the tables Module, TypeRef and Assembly. */
function clr(name: string, version: MadeAssembly['version']): Buffer {
  const strings = Buffer.from(`\0${name}\0${name}.dll\0`);
  const padded = Buffer.concat([strings, Buffer.alloc((4 - (strings.length % 4)) % 4)]);
  const tables = new Writer()
    .u32(0)
    .bytes(2, 0, 0, 1)
    .u32(0b11, 1, 0, 0)
    .u32(1, 2, 1)
    .u16(0, name.length + 2, 1, 0, 0)
    .u16(0, 1, 0, 0, 1, 0)
    .u32(0x8004)
    .u16(...version)
    .u32(0)
    .u16(0, 1, 0)
    .result();
  const padding = Buffer.alloc((4 - (tables.length % 4)) % 4);
  const headBytes = 16 + 12 + 4 + (8 + 4) + (8 + 12);
  const metadata = new Writer()
    .u32(0x424a5342)
    .u16(1, 1)
    .u32(0, 12)
    .text('v4.0.30319', 12)
    .u16(0, 2)
    .u32(headBytes, tables.length + padding.length)
    .text('#~', 4)
    .u32(headBytes + tables.length + padding.length, padded.length)
    .text('#Strings', 12)
    .add(tables)
    .add(padding)
    .add(padded)
    .result();
  return new Writer()
    .u32(72)
    .u16(2, 5)
    .u32(CLR_ADDRESS + 72, metadata.length)
    .add(Buffer.alloc(56))
    .add(metadata)
    .result();
}

function resources(strings: Readonly<Record<string, string>>): Buffer {
  const table = block('040904b0', Buffer.alloc(0), Object.entries(strings).map(stringBlock));
  const version = block('VS_VERSION_INFO', Buffer.alloc(52), [block('StringFileInfo', Buffer.alloc(0), [table])]);
  const directory = (id: number, to: number) => new Writer().u32(0, 0, 0).u16(0, 1).u32(id, to).result();
  return Buffer.concat([
    directory(16, 0x80000018),
    directory(1, 0x80000030),
    directory(1033, 0x48),
    new Writer().u32(RESOURCE_ADDRESS + 0x58, version.length, 0, 0).result(),
    version,
  ]);
}

function stringBlock([key, value]: [string, string]): Buffer {
  return block(key, Buffer.from(`${value}\0`, 'utf16le'), [], true);
}

function block(key: string, value: Buffer, children: readonly Buffer[], isText = false): Buffer {
  const aligned = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
  // The key begins six bytes in.
  const named = aligned(Buffer.concat([Buffer.alloc(6), Buffer.from(`${key}\0`, 'utf16le')]));
  const content = Buffer.concat([named, aligned(value), ...children.map(aligned)]);
  content.writeUInt16LE(content.length, 0);
  content.writeUInt16LE(isText ? value.length / 2 : value.length, 2);
  content.writeUInt16LE(isText ? 1 : 0, 4);
  return content;
}
