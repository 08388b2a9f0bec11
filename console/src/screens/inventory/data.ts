import { queryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import type { InventorySearch } from './search.ts';

export type Asset = ItemOf<'listAssets'>;
export type Artifact = ItemOf<'listArtifacts'>;
export type Place = ItemOf<'findPackage'>;

const PAGE = 200;

/** Assets that fit, by name, as far as somebody has looked. */
export function useAssets({ find, kind, team, unowned }: InventorySearch) {
  const { data, error, isPending, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['assets', 'list', find, kind, team, unowned],
    queryFn: ({ pageParam, signal }) =>
      call(
        'listAssets',
        {
          search: {
            limit: PAGE,
            ...(find && { name: find }),
            ...(kind && { kind }),
            ...(team && { team }),
            ...(unowned && { unowned: 'true' }),
            ...(pageParam !== '' && { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  const rows: readonly Asset[] = data?.pages.flatMap(({ items }) => items) ?? [];
  const onReach = (index: number) => {
    if (hasNextPage && !isFetching && index >= rows.length - 50) void fetchNextPage();
  };
  return { rows, count: rows.length + (hasNextPage ? 1 : 0), hasMore: hasNextPage, onReach, error, isPending, refetch };
}

/** Where a package of exactly that name is, in what runs or has a tag now. */
export function placesQuery(name: string) {
  return queryOptions({
    queryKey: ['packages', 'where', name],
    queryFn: ({ signal }) => call('findPackage', { search: { name, limit: PAGE } }, { signal }),
    enabled: name !== '',
  });
}

/** Names of packages that have the text in them. */
export function namesQuery(text: string) {
  return queryOptions({
    queryKey: ['packages', 'names', text],
    queryFn: ({ signal }) => call('findPackageNames', { search: { text } }, { signal }),
    enabled: text.trim().length >= 2,
  });
}

export function assetQuery(id: string) {
  return queryOptions({
    queryKey: ['assets', 'one', id],
    queryFn: ({ signal }) => call('getAsset', { params: { id } }, { signal }),
  });
}

/** What an asset consisted of over time, the newest first. */
export function artifactsQuery(id: string) {
  return queryOptions({
    queryKey: ['assets', 'artifacts', id],
    queryFn: ({ signal }) => call('listArtifacts', { params: { id }, search: { limit: PAGE } }, { signal }),
  });
}
