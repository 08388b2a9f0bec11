/** Tags by number: a text, a list of texts, or 32-bit numbers. */
export type HeaderTags = Readonly<Record<number, string | readonly string[] | readonly number[]>>;

/** The header of a package as rpm stores it. */
export function rpmHeader(tags: HeaderTags): Buffer {
  const index: Buffer[] = [];
  const data: Buffer[] = [];
  let offset = 0;
  for (const [tag, value] of Object.entries(tags)) {
    const { type, count, bytes } = encodeTag(value);
    const padding = Buffer.alloc(type === 4 ? (4 - (offset % 4)) % 4 : 0);
    const entry = Buffer.alloc(16);
    entry.writeUInt32BE(Number(tag), 0);
    entry.writeUInt32BE(type, 4);
    entry.writeUInt32BE(offset + padding.length, 8);
    entry.writeUInt32BE(count, 12);
    index.push(entry);
    data.push(padding, bytes);
    offset += padding.length + bytes.length;
  }
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(index.length, 0);
  lengths.writeUInt32BE(offset, 4);
  return Buffer.concat([lengths, ...index, ...data]);
}

function encodeTag(value: HeaderTags[number]): { type: number; count: number; bytes: Buffer } {
  if (typeof value === 'string') return { type: 6, count: 1, bytes: Buffer.from(`${value}\0`) };
  const bytes = Buffer.concat(value.map((item) => (typeof item === 'string' ? Buffer.from(`${item}\0`) : int32(item))));
  return { type: typeof value[0] === 'string' ? 8 : 4, count: value.length, bytes };
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Smallest header that is a package. */
export function simpleHeader(name: string, version = '1', release = '1'): Buffer {
  return rpmHeader({
    1000: name,
    1001: version,
    1002: release,
    1022: 'noarch',
    1044: `${name}-${version}-${release}.src.rpm`,
  });
}

/** A `Packages.db` of rpm's NDB form with one page of slots. */
export function ndbDatabase(headers: readonly Buffer[]): Buffer {
  const slots = Buffer.alloc(4096);
  slots.write('RpmP', 0);
  slots.writeUInt32LE(1, 12);
  slots.writeUInt32LE(headers.length + 1, 16);
  for (let at = 32; at < slots.length; at += 16) slots.write('Slot', at);
  const blobs: Buffer[] = [];
  let block = 256;
  for (const [position, header] of headers.entries()) {
    const blocks = Math.ceil((16 + header.length + 12) / 16);
    const blob = Buffer.alloc(blocks * 16);
    blob.write('BlbS', 0);
    blob.writeUInt32LE(position + 1, 4);
    blob.writeUInt32LE(header.length, 12);
    header.copy(blob, 16);
    blob.write('BlbE', blob.length - 4);
    const slot = 32 + position * 16;
    slots.writeUInt32LE(position + 1, slot + 4);
    slots.writeUInt32LE(block, slot + 8);
    slots.writeUInt32LE(blocks, slot + 12);
    blobs.push(blob);
    block += blocks;
  }
  return Buffer.concat([slots, ...blobs]);
}
