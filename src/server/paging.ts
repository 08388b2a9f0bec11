import { z } from 'zod';
import { RequestProblem } from './request-problem.ts';

/** What every list takes: members for a route's `search`. */
export const pageSearch = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(2000).optional(),
};

/** What every list answers. Without `next` it is the last page. */
export function pageOf<Item>(item: z.ZodType<Item>) {
  return z.object({ items: z.array(item), next: z.string().optional() });
}

/** Where the page before ended, as `pageFrom` wrote it; undefined for the first page. */
export function readCursor<Place>(cursor: string | undefined, place: z.ZodType<Place>): Place | undefined {
  if (cursor === undefined) return undefined;
  const read = place.safeParse(documentOf(cursor));
  if (read.success) return read.data;
  throw new RequestProblem(400, 'invalid-request', 'The cursor is not one that this list has given.', [
    { field: 'query.cursor', message: 'Take it from next of the page before, unchanged.' },
  ]);
}

function documentOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A page from rows of which one more than `limit` was asked for; `placeOf` gives what the order is by, of the last row shown. */
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => unknown,
  show: (row: Row) => Item,
): { items: Item[]; next?: string } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(show);
  if (rows.length <= limit || last === undefined) return { items };
  return { items, next: Buffer.from(JSON.stringify(placeOf(last))).toString('base64url') };
}
