import type { FindingSort } from './data.ts';

/** What of the screen stands in its address: a link shows somebody else the same. */
export interface FindingsSearch {
  /** docs/reference/finding-query.md; absent: what is open. Empty: everything. */
  readonly filter?: string;
  /** `rank`, or `-seen` for the other way round. */
  readonly sort?: FindingSort;
  /** Id of the finding beside the list. */
  readonly open?: string;
  /** Id of the saved view from which the filter came. */
  readonly view?: string;
}

export const DEFAULT_FILTER = 'is:open';

const SORTS = [
  'rank',
  '-rank',
  'severity',
  '-severity',
  'due',
  '-due',
  'seen',
  '-seen',
] as const satisfies readonly FindingSort[];

/** The order of that name; the most urgent first when there is none. */
export function sortOf(text: string | undefined): FindingSort {
  return SORTS.find((one) => one === text) ?? 'rank';
}

export function readFindingsSearch({ filter, sort, open, view }: Readonly<Record<string, unknown>>): FindingsSearch {
  return {
    ...(typeof filter === 'string' && { filter }),
    // A filter of figures alone is read as a number by the router.
    ...(typeof filter === 'number' && { filter: String(filter) }),
    ...(typeof sort === 'string' && { sort: sortOf(sort) }),
    ...(isId(open) && { open }),
    ...(isId(view) && { view }),
  };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value);
}
