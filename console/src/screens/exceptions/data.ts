import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../api/api.ts';
import type { Exception } from './words.ts';

const PAGE = 100;

/** Exceptions of a state, the newest first, as far as somebody has looked. */
export function useExceptions(state: Exception['state'] | undefined) {
  const { data, error, isPending, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['exceptions', 'list', state],
    queryFn: ({ pageParam, signal }) =>
      call(
        'listExceptions',
        { search: { limit: PAGE, ...(state && { state }), ...(pageParam !== '' && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  const rows: readonly Exception[] = data?.pages.flatMap(({ items }) => items) ?? [];
  const onReach = (index: number) => {
    if (hasNextPage && !isFetching && index >= rows.length - 1) void fetchNextPage();
  };
  return { rows, count: rows.length + (hasNextPage ? 1 : 0), onReach, error, isPending, refetch };
}
