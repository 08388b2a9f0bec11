import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { call } from '../../api/api.ts';
import type { ItemOf, RequestOf } from '../../api/client.ts';
import { queryClient } from '../../api/queries.ts';
import { chosenValues, withoutFields } from './filter-text.ts';

export type Finding = ItemOf<'listFindings'>;
export type FindingSort = NonNullable<NonNullable<RequestOf<'listFindings'>['search']>['sort']>;

const PAGE = 200;
/** So many rows before the end of what is loaded, more is asked for. */
const AHEAD = 120;

export const languageQuery = queryOptions({
  queryKey: ['findings', 'language'],
  queryFn: ({ signal }) => call('getFindingLanguage', undefined, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

function listQuery(filter: string, sort: FindingSort) {
  return infiniteQueryOptions({
    queryKey: ['findings', 'list', filter, sort],
    queryFn: ({ pageParam, signal }) =>
      call(
        'listFindings',
        { search: { filter, sort, limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    staleTime: 60_000,
  });
}

export function countQuery(filter: string) {
  return queryOptions({
    queryKey: ['findings', 'count', filter],
    queryFn: ({ signal }) => call('countFindings', { search: { filter } }, { signal }),
    staleTime: 30_000,
  });
}

export interface Rows {
  /** How many are there, as far as is known. */
  readonly count: number;
  readonly rowAt: (index: number) => Finding | undefined;
  readonly onReach: (index: number) => void;
  readonly isLoading: boolean;
  readonly error: Error | null;
  readonly refresh: () => void;
}

/** The rows of a filter, read as far as somebody has looked. */
export function useRows(filter: string, sort: FindingSort): Rows {
  const options = listQuery(filter, sort);
  const { data, hasNextPage, isFetching, isPending, error, fetchNextPage } = useInfiniteQuery(options);
  const counted = useQuery(countQuery(filter)).data;
  const pages = data?.pages ?? [];
  const loaded = pages.reduce((sum, { items }) => sum + items.length, 0);
  const known = counted?.isMore ? loaded + PAGE : (counted?.count ?? 0);
  // Pages may change while they are walked through: the rows that came count more than what was counted.
  const count = hasNextPage ? Math.max(loaded + 1, known) : loaded;
  const onReach = useCallback(
    (index: number) => {
      if (hasNextPage && !isFetching && index >= loaded - AHEAD) void fetchNextPage();
    },
    [hasNextPage, isFetching, loaded, fetchNextPage],
  );
  const rowAt = useCallback((index: number) => pages[Math.floor(index / PAGE)]?.items[index % PAGE], [pages]);
  // Not all pages one after the other: whoever wants to see what is new wants the first.
  const refresh = useCallback(() => {
    void queryClient.resetQueries({ queryKey: options.queryKey });
    void queryClient.invalidateQueries({ queryKey: ['findings', 'count'] });
    void queryClient.invalidateQueries({ queryKey: ['findings', 'facets'] });
  }, [options.queryKey]);
  return { count, rowAt, onReach, isLoading: isPending, error, refresh };
}

/** Facets of the screen, with the fields whose terms say the same. */
export const facetFields = {
  severity: ['severity'],
  state: ['state', 'is'],
  kind: ['kind'],
  team: ['team'],
  'asset-kind': ['asset-kind'],
  exposure: ['exposure'],
  package: ['package'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type FacetName = keyof typeof facetFields;

function facetsQuery(filter: string, isFrequent: boolean) {
  return queryOptions({
    queryKey: ['findings', 'facets', filter, isFrequent],
    queryFn: ({ signal }) =>
      call(
        'listFindingFacets',
        { search: { filter, ...(isFrequent && { frequent: 'package' as const }) } },
        { signal },
      ),
    staleTime: 30_000,
  });
}

export interface FacetCounts {
  readonly counts: ReadonlyMap<FacetName, readonly { readonly value: string | null; readonly count: number }[]>;
  readonly isExact: boolean;
}

/** Counts of each facet with its own choice left out: what else could be chosen is seen. */
export function useFacetCounts(filter: string): FacetCounts {
  const names = Object.keys(facetFields) as FacetName[];
  const results = useQueries({
    queries: names.map((name) => {
      const isChosen = facetFields[name].some((field) => chosenValues(filter, field).size > 0);
      const narrowed = isChosen ? withoutFields(filter, facetFields[name]) : filter;
      return { ...facetsQuery(narrowed, name === 'package'), placeholderData: (before: unknown) => before as never };
    }),
  });
  return {
    counts: new Map(names.map((name, index) => [name, results[index]?.data?.facets[name] ?? []])),
    isExact: results.every(({ data }) => data?.isExact !== false),
  };
}

/** Values of a field of the filter that only the server knows, for completion. */
export function knownValuesQuery(field: string, typed: string) {
  return queryOptions({
    queryKey: ['findings', 'values', field, field === 'asset' ? typed : ''],
    queryFn: ({ signal }) => knownValues(field, typed, signal),
    staleTime: 60_000,
  });
}

async function knownValues(field: string, typed: string, signal: AbortSignal): Promise<readonly string[]> {
  if (field === 'team')
    return (await call('listTeams', { search: { limit: 200 } }, { signal })).items.map(({ name }) => name);
  if (field === 'asset') {
    const search = { limit: 20, ...(typed !== '' && { name: typed }) };
    return (await call('listAssets', { search }, { signal })).items.map(({ name }) => name);
  }
  if (field !== 'package' && field !== 'rule' && field !== 'kind') return [];
  const search = field === 'kind' ? {} : ({ frequent: field } as const);
  const { facets } = await call('listFindingFacets', { search }, { signal });
  return (facets[field] ?? []).flatMap(({ value }) => value ?? []);
}

export function findingQuery(id: string) {
  return queryOptions({
    queryKey: ['finding', id],
    queryFn: ({ signal }) => call('getFinding', { params: { id } }, { signal }),
  });
}

export function historyQuery(id: string) {
  return queryOptions({
    queryKey: ['finding', id, 'history'],
    queryFn: ({ signal }) => call('listFindingEvents', { params: { id }, search: { limit: 100 } }, { signal }),
  });
}

export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: ({ signal }) => call('listViews', undefined, { signal }),
});
