import { contentBySlices, type FileContent } from '../bytes/file-content.ts';
import { parseNumeric } from './block.ts';
import { parseDecimal } from './pax.ts';

/** A stretch of a sparse file that is stored; everything else in it is zeros. */
export interface SparsePart {
  readonly offset: number;
  readonly length: number;
}

/** More parts than any real file has; a map of millions would cost more than the file. */
export const MAX_SPARSE_PARTS = 100_000;

/** The parts that an old GNU header block, or a block that continues it, names. `more`: another block of them follows. */
export function parseOldSparse(
  bytes: Buffer,
  at: number,
  kind: 'header' | 'extension',
): { parts: SparsePart[]; more: boolean } | undefined {
  const [start, count] = kind === 'header' ? [at + 386, 4] : [at, 21];
  const parts: SparsePart[] = [];
  for (let index = 0; index < count; index++) {
    const entry = start + index * 24;
    if (bytes[entry] === 0) break;
    const offset = parseNumeric(bytes, entry, 12);
    const length = parseNumeric(bytes, entry + 12, 12);
    if (offset === undefined || length === undefined) return undefined;
    parts.push({ offset, length });
  }
  return { parts, more: bytes[start + count * 24] !== 0 };
}

/** The real size of an old GNU sparse file. */
export function oldSparseSize(bytes: Buffer, at: number): number | undefined {
  return parseNumeric(bytes, at + 483, 12);
}

/** `offset,length,offset,length`, as formats 0.0 and 0.1 state it in the extended header. */
export function parseSparseText(map: string): SparsePart[] | undefined {
  return pairUp(map.split(','));
}

/** Format 1.0: decimal lines at the head of the body, the number of pairs first. `head` holds all of them. */
export function parseSparseLines(head: Buffer): SparsePart[] | undefined {
  const [count = '', ...numbers] = head.toString('latin1').split('\n');
  const pairs = parseDecimal(count);
  if (pairs === undefined || pairs > MAX_SPARSE_PARTS || numbers.length < pairs * 2) return undefined;
  return pairUp(numbers.slice(0, pairs * 2));
}

/** True when the parts are in order, do not overlap, lie inside the file and fill exactly the bytes that are stored. */
export function isSoundMap(parts: readonly SparsePart[], size: number, stored: number): boolean {
  let end = 0;
  let total = 0;
  for (const part of parts) {
    if (part.offset < end || part.length < 0) return false;
    end = part.offset + part.length;
    total += part.length;
    if (end > size) return false;
  }
  return total === stored && parts.length <= MAX_SPARSE_PARTS;
}

/** The file as it unfolds: stored parts at their places, zeros between. */
export function sparseContent(stored: FileContent, parts: readonly SparsePart[], size: number): FileContent {
  return contentBySlices(size, (offset, length) => {
    const result = Buffer.alloc(length);
    let storedAt = 0;
    for (const part of parts) {
      const from = Math.max(part.offset, offset);
      const to = Math.min(part.offset + part.length, offset + length);
      if (from < to) result.set(stored.slice(storedAt + from - part.offset, to - from), from - offset);
      storedAt += part.length;
    }
    return result;
  });
}

function pairUp(numbers: readonly string[]): SparsePart[] | undefined {
  if (numbers.length === 1 && numbers[0] === '') return [];
  if (numbers.length % 2 !== 0 || numbers.length > MAX_SPARSE_PARTS * 2) return undefined;
  const parts: SparsePart[] = [];
  for (let index = 0; index < numbers.length; index += 2) {
    const offset = parseDecimal(numbers[index] ?? '');
    const length = parseDecimal(numbers[index + 1] ?? '');
    if (offset === undefined || length === undefined) return undefined;
    parts.push({ offset, length });
  }
  return parts;
}
