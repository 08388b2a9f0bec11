import { queryOptions } from '@tanstack/react-query';
import { all, call } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { collect } from '../../api/lists.ts';

export type Registry = ItemOf<'listRegistries'>;
export type RegistryImage = ItemOf<'listRegistryImages'>;
export type Asset = ItemOf<'listAssets'>;

export const registriesQuery = queryOptions({
  queryKey: ['registries', 'list'],
  queryFn: async ({ signal }) => (await call('listRegistries', undefined, { signal })).items,
  refetchInterval: 15_000,
});

const MOST = 200;

export function registryImagesQuery(id: string, state: RegistryImage['state'] | undefined) {
  return queryOptions({
    queryKey: ['registries', 'images', id, state],
    queryFn: ({ signal }) =>
      call('listRegistryImages', { params: { id }, search: { limit: MOST, ...(state && { state }) } }, { signal }),
  });
}

/** What pipelines report: repositories of images, and projects. */
export const reportedQuery = queryOptions({
  queryKey: ['assets', 'reported'],
  queryFn: async () => [
    ...(await collect(all('listAssets', { search: { kind: 'project', limit: MOST } }))),
    ...(await collect(all('listAssets', { search: { kind: 'repository', limit: MOST } }))),
  ],
});

export const trustQuery = queryOptions({ queryKey: ['trust-rules'], queryFn: () => collect(all('listTrustRules')) });
