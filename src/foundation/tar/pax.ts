import { err, ok, type Result } from '../result.ts';
import { pathText } from './text.ts';

/** Records of a PAX extended header that this reader uses. */
export interface PaxRecords {
  readonly path?: string;
  readonly linkpath?: string;
  /** Bytes; stronger than the header's field. */
  readonly size?: number;
  /** Extended attributes by which an overlay file system hides what lies below or looks for it elsewhere. */
  readonly opaque?: boolean;
  readonly redirected?: boolean;
  /** Everything under `GNU.sparse.`, without that prefix; `map` in the 0.1 notation also for 0.0 archives. */
  readonly sparse: Readonly<Record<string, string>>;
}

/** Reads `<length> <key>=<value>\n` records (POSIX pax, "Extended Header"). Any malformed record makes the header unreadable. */
export function parsePax(body: Buffer): Result<PaxRecords> {
  const records: MutableRecords = {};
  const sparse: Record<string, string> = {};
  const pairs: string[] = [];
  let at = 0;
  while (at < body.length) {
    const record = parseRecord(body, at);
    if (!record) return err('a PAX extended header cannot be read');
    at = record.next;
    const problem = keep(record.key, record.value, records, sparse, pairs);
    if (problem) return err(problem);
  }
  if (pairs.length % 2 !== 0) return err('a sparse map of a PAX extended header cannot be read');
  if (pairs.length > 0) sparse['map'] = pairs.join(',');
  return ok({ ...records, sparse });
}

interface MutableRecords {
  path?: string;
  linkpath?: string;
  size?: number;
  opaque?: boolean;
  redirected?: boolean;
}

function keep(
  key: string,
  value: Buffer,
  records: MutableRecords,
  sparse: Record<string, string>,
  pairs: string[],
): string | undefined {
  if (key === 'path' || key === 'linkpath') return keepPath(key, value, records);
  if (key === 'size') {
    const size = parseDecimal(value.toString('latin1'));
    if (value.length > 0 && size === undefined) return 'a PAX size cannot be read';
    if (size !== undefined) records.size = size;
  } else if (key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes') {
    // Format 0.0: offsets and lengths as alternating records.
    if ((pairs.length % 2 === 0) !== (key === 'GNU.sparse.offset'))
      return 'a sparse map of a PAX extended header cannot be read';
    pairs.push(value.toString('latin1'));
  } else if (key.startsWith('GNU.sparse.')) {
    sparse[key.slice('GNU.sparse.'.length)] = pathText(value);
  } else if (key.startsWith('SCHILY.xattr.')) keepAttribute(key.slice('SCHILY.xattr.'.length), value, records);
  return undefined;
}

function keepAttribute(name: string, value: Buffer, records: MutableRecords): void {
  const match = /^(?:trusted\.overlay|user\.overlay|user\.fuseoverlayfs)\.(opaque|redirect)$/.exec(name);
  if (match?.[1] === 'opaque' && value.toString('latin1') === 'y') records.opaque = true;
  if (match?.[1] === 'redirect') records.redirected = true;
}

/** An empty value takes the record back: the header's own field counts again. */
function keepPath(key: 'path' | 'linkpath', value: Buffer, records: MutableRecords): string | undefined {
  if (value.includes(0)) return `a PAX ${key} holds a zero byte`;
  if (value.length === 0) delete records[key];
  else records[key] = pathText(value);
  return undefined;
}

function parseRecord(body: Buffer, at: number): { key: string; value: Buffer; next: number } | undefined {
  const space = body.indexOf(0x20, at);
  if (space === -1 || space - at > 10) return undefined;
  const length = parseLength(body, at, space);
  if (length === undefined || length < space - at + 4 || at + length > body.length) return undefined;
  const next = at + length;
  const equals = body.indexOf(0x3d, space);
  if (body[next - 1] !== 0x0a || equals === -1 || equals >= next - 1 || equals === space + 1) return undefined;
  return { key: body.toString('latin1', space + 1, equals), value: body.subarray(equals + 1, next - 1), next };
}

function parseLength(body: Buffer, at: number, end: number): number | undefined {
  let length = 0;
  for (let index = at; index < end; index++) {
    const digit = (body[index] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    length = length * 10 + digit;
  }
  return length;
}

export function parseDecimal(text: string): number | undefined {
  if (!/^[0-9]{1,16}$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}
