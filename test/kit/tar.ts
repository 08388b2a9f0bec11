/** Builds small tar archives for tests, well-formed or broken on purpose. */

export interface TarEntrySpec {
  readonly name: string;
  /** `file` when absent. */
  readonly type?: TarEntryType;
  readonly body?: Uint8Array | string;
  readonly linkname?: string;
  readonly mode?: number;
  readonly mtime?: number;
  readonly devmajor?: number;
  readonly devminor?: number;
  /** Written before the entry as a PAX extended header, e.g. `{ path: 'a/b', size: '5' }`. */
  readonly pax?: Readonly<Record<string, string>>;
  /** What the header says instead of the body's true length. */
  readonly size?: number;
  /** Any type flag, e.g. `7`; stronger than `type`. */
  readonly typeflag?: string;
  /** `ustar` when absent. */
  readonly format?: 'v7' | 'ustar' | 'gnu';
  /** Writes the size as a GNU base-256 number. */
  readonly base256?: boolean;
  /** Last change to the header block; the checksum is computed afterwards. */
  readonly tamper?: (header: Buffer) => void;
  readonly badChecksum?: boolean;
}

export type TarEntryType =
  | 'file'
  | 'hardlink'
  | 'symlink'
  | 'character-device'
  | 'block-device'
  | 'directory'
  | 'fifo'
  | 'pax'
  | 'global-pax'
  | 'gnu-long-name'
  | 'gnu-long-link'
  | 'gnu-sparse';

export interface TarOptions {
  /** False leaves the two zero blocks out. */
  readonly end?: boolean;
  /** Bytes after the end marker. */
  readonly trailer?: Uint8Array;
}

const typeflags: Record<TarEntryType, string> = {
  file: '0',
  hardlink: '1',
  symlink: '2',
  'character-device': '3',
  'block-device': '4',
  directory: '5',
  fifo: '6',
  pax: 'x',
  'global-pax': 'g',
  'gnu-long-name': 'L',
  'gnu-long-link': 'K',
  'gnu-sparse': 'S',
};

/** An archive of the entries in this order. Names over 100 bytes get a PAX `path` record of their own. */
export function tarOf(entries: readonly TarEntrySpec[], options: TarOptions = {}): Uint8Array {
  const parts = entries.flatMap(entryBlocks);
  if (options.end !== false) parts.push(Buffer.alloc(1024));
  if (options.trailer) parts.push(Buffer.from(options.trailer));
  return Buffer.concat(parts);
}

/** The body of a PAX extended header. */
function paxRecords(records: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat(Object.entries(records).map(([key, value]) => paxRecord(key, value)));
}

function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + 1;
  while (String(length).length + rest !== length) length = String(length).length + rest;
  return Buffer.from(`${length} ${key}=${value}\n`);
}

function entryBlocks(entry: TarEntrySpec): Buffer[] {
  const pax = { ...(needsPaxPath(entry) ? { path: entry.name } : {}), ...entry.pax };
  const blocks: Buffer[] = [];
  if (Object.keys(pax).length > 0)
    blocks.push(...entryBlocks({ name: 'PaxHeaders/entry', type: 'pax', body: paxRecords(pax) }));
  const body = Buffer.from(entry.body ?? '');
  blocks.push(header(entry, entry.size ?? body.length), padded(body));
  return blocks;
}

function needsPaxPath(entry: TarEntrySpec): boolean {
  return Buffer.byteLength(entry.name) > 100 && entry.pax?.['path'] === undefined;
}

function header(entry: TarEntrySpec, size: number): Buffer {
  const block = Buffer.alloc(512);
  block.write(entry.name, 0, 100);
  block.write(octal(entry.mode ?? 0o644, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  if (entry.base256) writeBase256(block, 124, 12, size);
  else block.write(octal(size, 12), 124);
  block.write(octal(entry.mtime ?? 0, 12), 136);
  block.write(entry.typeflag ?? typeflags[entry.type ?? 'file'], 156, 1, 'latin1');
  if (entry.linkname) block.write(entry.linkname, 157, 100);
  if (entry.format !== 'v7') {
    block.write(entry.format === 'gnu' ? 'ustar  \0' : 'ustar\x0000', 257, 'latin1');
    block.write(octal(entry.devmajor ?? 0, 8), 329);
    block.write(octal(entry.devminor ?? 0, 8), 337);
  }
  entry.tamper?.(block);
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0) + (entry.badChecksum ? 1 : 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function octal(value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, '0')}\0`;
}

function writeBase256(block: Buffer, offset: number, width: number, value: number): void {
  block.fill(0, offset, offset + width);
  block.writeUInt32BE(Math.floor(value / 2 ** 32), offset + width - 8);
  block.writeUInt32BE(value % 2 ** 32, offset + width - 4);
  block[offset] = 0x80;
}

function padded(body: Buffer): Buffer {
  const rest = body.length % 512;
  return rest === 0 ? body : Buffer.concat([body, Buffer.alloc(512 - rest)]);
}
