import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../api/api.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Ago } from '../../components/time.tsx';

/** Clusters with what is in them, and what is told of by nobody else. */
export function Clusters() {
  const query = useQuery({
    queryKey: ['clusters'],
    queryFn: ({ signal }) => call('listClusters', undefined, { signal }),
  });
  const counts = useQuery({
    queryKey: ['inventory', 'counts'],
    queryFn: ({ signal }) => call('countInventory', undefined, { signal }),
  }).data;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-6xl flex-col gap-4 px-5 py-5 max-md:px-4">
        {counts && (
          <p className="text-muted">
            {counts.containers.toLocaleString('en')} containers run on {counts.hosts.toLocaleString('en')} hosts.{' '}
            {counts.unscannedContainers > 0 && (
              <strong className="text-warn">
                Of {counts.unscannedContainers.toLocaleString('en')} of them nobody knows what is inside: their images
                were never scanned.
              </strong>
            )}
          </p>
        )}
        <Loaded query={query}>
          {({ items }) => (
            <PlainTable
              label="Clusters"
              rows={items}
              idOf={({ id }) => id}
              empty={
                <EmptyState icon="inventory" title="No cluster has told of itself yet">
                  <p>plimsoll audit cluster and the agent send what runs in a cluster, and what leads to it.</p>
                </EmptyState>
              }
              columns={[
                {
                  id: 'name',
                  title: 'Cluster',
                  cell: ({ name }) => (
                    <Link
                      to="/inventory"
                      search={{ kind: 'workload', find: `${name}/` }}
                      className="font-medium text-link hover:underline"
                    >
                      {name}
                    </Link>
                  ),
                },
                { id: 'namespaces', title: 'Namespaces', align: 'right', cell: ({ namespaces }) => namespaces },
                {
                  id: 'workloads',
                  title: 'Workloads',
                  align: 'right',
                  cell: ({ workloads }) => workloads.toLocaleString('en'),
                },
                {
                  id: 'exposed',
                  title: 'On the internet',
                  align: 'right',
                  cell: ({ exposed }) => exposed.toLocaleString('en'),
                },
                { id: 'told', title: 'Told', cell: ({ toldAt }) => <Ago at={toldAt} /> },
              ]}
            />
          )}
        </Loaded>
      </div>
    </div>
  );
}
