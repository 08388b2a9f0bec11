import { z } from 'zod';
import { err, ok, type Result } from '#foundation/index.ts';
import { askFor, type Refusal } from './ask.ts';
import type { Connection } from './connection.ts';

export interface ListQuestion<Item> {
  readonly path: string;
  readonly search: Readonly<Record<string, string>>;
  readonly item: z.ZodType<Item>;
  /** Undefined: all of them. */
  readonly limit: number | undefined;
}

export interface Listed<Item> {
  readonly items: readonly Item[];
  /** There are more than were asked for. */
  readonly isMore: boolean;
}

const PAGE = 200;

/** Reads a list, page after page, as far as it is wanted. */
export async function readList<Item>(
  connection: Connection,
  { path, search, item, limit = Number.POSITIVE_INFINITY }: ListQuestion<Item>,
): Promise<Result<Listed<Item>, Refusal>> {
  const page = z.object({ items: z.array(item), next: z.string().optional() });
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const wanted = Math.min(PAGE, limit - items.length);
    const place = { ...search, limit: String(wanted), ...(cursor !== undefined && { cursor }) };
    const read = await askFor(connection, { method: 'GET', path, search: place }, page);
    if (!read.ok) return err(read.error);
    items.push(...read.value.items);
    cursor = read.value.next;
  } while (cursor !== undefined && items.length < limit);
  return ok({ items, isMore: cursor !== undefined });
}

/** How many lines a person reads; more only by their own wish. */
export const SHOWN = 50;
