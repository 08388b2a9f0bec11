import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipMember {
  readonly name: string;
  readonly content: string | Buffer;
  /** Deflated when absent. */
  readonly stored?: boolean;
  /** Lies for hostile archives: written instead of the truth. */
  readonly claims?: {
    bytes?: number;
    compressedBytes?: number;
    crc?: number;
    method?: number;
    flags?: number;
    offset?: number;
  };
}

export interface ZipShape {
  /** Put in front, as a self-extracting stub; offsets stay as if it were not there. */
  readonly prefix?: Buffer;
  readonly comment?: Buffer;
  /** Sizes and offsets go into zip64 fields. */
  readonly zip64?: boolean;
}

/** A zip in memory, well-formed or broken on purpose. */
export function zipOf(members: readonly ZipMember[], shape: ZipShape = {}): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const { localBytes, centralBytes } = renderMember(member, offset, shape.zip64 === true);
    local.push(localBytes);
    central.push(centralBytes);
    offset += localBytes.length;
  }
  const directory = Buffer.concat(central);
  const end = renderEnd(members.length, directory.length, offset, shape);
  return Buffer.concat([shape.prefix ?? Buffer.alloc(0), ...local, directory, end]);
}

function renderMember(member: ZipMember, offset: number, zip64: boolean) {
  const { claims = {} } = member;
  const content = Buffer.from(member.content);
  const data = member.stored ? content : deflateRawSync(content);
  const name = Buffer.from(member.name);
  const method = claims.method ?? (member.stored ? 0 : 8);
  const bytes = claims.bytes ?? content.length;
  const compressed = claims.compressedBytes ?? data.length;
  const start = claims.offset ?? offset;
  const extra = zip64 ? zip64Extra(bytes, compressed, start) : Buffer.alloc(0);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(claims.flags ?? 0x0800, 2);
  common.writeUInt16LE(method, 4);
  common.writeUInt32LE(claims.crc ?? crc32(content), 10);
  common.writeUInt32LE(zip64 ? 0xffffffff : compressed, 14);
  common.writeUInt32LE(zip64 ? 0xffffffff : bytes, 18);
  common.writeUInt16LE(name.length, 22);
  const localHead = Buffer.concat([uint32(0x04034b50), common, name]);
  common.writeUInt16LE(extra.length, 24);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(zip64 ? 0xffffffff : start, 10);
  const centralBytes = Buffer.concat([uint32(0x02014b50), Buffer.from([20, 0]), common, tail, name, extra]);
  return { localBytes: Buffer.concat([localHead, data]), centralBytes };
}

function zip64Extra(bytes: number, compressed: number, offset: number): Buffer {
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  [bytes, compressed, offset].forEach((value, index) => {
    extra.writeBigUInt64LE(BigInt(value), 4 + index * 8);
  });
  return extra;
}

function renderEnd(count: number, size: number, offset: number, shape: ZipShape): Buffer {
  const comment = shape.comment ?? Buffer.alloc(0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(shape.zip64 ? 0xffff : count, 8);
  end.writeUInt16LE(shape.zip64 ? 0xffff : count, 10);
  end.writeUInt32LE(shape.zip64 ? 0xffffffff : size, 12);
  end.writeUInt32LE(shape.zip64 ? 0xffffffff : offset, 16);
  end.writeUInt16LE(comment.length, 20);
  if (!shape.zip64) return Buffer.concat([end, comment]);
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator, end, comment]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
