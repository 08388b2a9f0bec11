// Rows of SQLite tables: https://www.sqlite.org/fileformat2.html, 2.

/** A row of a table: its columns are decoded by who needs them. */
export interface Row {
  readonly header: Buffer;
  readonly payload: Buffer;
}

/** Big-endian, seven bits a byte, at most nine bytes. Values over 2^53 are no lengths or keys that we could use. */
export function readVarint(bytes: Buffer, start: number): { value: number; end: number } | undefined {
  let value = 0;
  for (let index = 0; index < 9; index++) {
    const byte = bytes[start + index];
    if (byte === undefined) return undefined;
    if (index === 8) return { value: value * 256 + byte, end: start + 9 };
    value = value * 128 + (byte & 127);
    if (byte < 128) return { value, end: start + index + 1 };
  }
  return undefined;
}

type Column = string | number | Buffer | null;

/** The first blob of a row; undefined when there is none. */
export function firstBlob(row: Row): Buffer | undefined {
  return columnsOf(row).find((column) => Buffer.isBuffer(column));
}

const INTEGER_BYTES = [0, 1, 2, 3, 4, 6, 8];
const MAX_COLUMNS = 16;

/** Decodes by serial type (fileformat2, 2.1): integers up to six bytes, texts and blobs; others become null. */
export function columnsOf({ header, payload }: Row): Column[] {
  const values: Column[] = [];
  let offset = 0;
  for (let at = 0; at < header.length && values.length < MAX_COLUMNS; ) {
    const type = readVarint(header, at);
    if (type === undefined) break;
    at = type.end;
    const length = serialLength(type.value);
    if (offset + length > payload.length) break;
    values.push(decode(payload.subarray(offset, offset + length), type.value));
    offset += length;
  }
  return values;
}

function serialLength(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return type === 7 ? 8 : (INTEGER_BYTES[type] ?? 0);
}

function decode(bytes: Buffer, type: number): Column {
  if (type >= 12) return type % 2 === 0 ? bytes : bytes.toString('utf8');
  if (type === 8 || type === 9) return type - 8;
  return type >= 1 && type <= 5 ? bytes.readIntBE(0, bytes.length) : null;
}
