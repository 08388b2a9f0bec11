import { queryOptions } from '@tanstack/react-query';
import { all, call } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { collect } from '../../api/lists.ts';

export type Workload = ItemOf<'listWorkloads'>;

export const clustersQuery = queryOptions({
  queryKey: ['clusters'],
  queryFn: async ({ signal }) => (await call('listClusters', undefined, { signal })).items,
});

export function workloadsQuery(cluster: string | undefined) {
  return queryOptions({
    queryKey: ['workloads', cluster],
    queryFn: () => collect(all('listWorkloads', { search: { limit: 200, ...(cluster && { cluster }) } })),
    enabled: cluster !== undefined,
  });
}
