import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useCallback, useMemo } from 'react';
import { Button, Segmented } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Checkbox, Select } from '../../components/field.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Page } from '../../shell/page.tsx';
import { clustersQuery, type Workload, workloadsQuery } from './data.ts';
import { mapRoute } from './route.ts';
import type { MapSearch } from './search.ts';

const Picture = lazy(async () => ({ default: (await import('./picture.tsx')).Picture }));

/** What runs in a cluster, and what of it the internet reaches. */
export function EstateMap() {
  const search = mapRoute.useSearch();
  const navigate = useNavigate();
  const clusters = useQuery(clustersQuery);
  const chosen = search.cluster ?? clusters.data?.[0]?.id;
  const go = (change: MapSearch) => void navigate({ to: '/map', search: change });
  return (
    <Page
      title="Map"
      about="What runs where, and what is reached from outside"
      actions={
        <>
          <Select
            aria-label="Cluster"
            className="w-44"
            value={chosen ?? ''}
            onChange={({ target }) => go({ ...search, cluster: target.value })}
            options={(clusters.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Segmented
            label="Shown as"
            value={search.view ?? 'map'}
            options={[
              { value: 'map', label: 'Map' },
              { value: 'table', label: 'Table' },
            ]}
            onChange={(value) => {
              const { view: _, ...others } = search;
              go({ ...others, ...(value === 'table' && { view: 'table' }) });
            }}
          />
        </>
      }
    >
      <Loaded query={clusters}>
        {(list) =>
          list.length === 0 ? (
            <NoClusters />
          ) : (
            <Estate
              cluster={chosen}
              search={search}
              onExposed={(isOn) => {
                const { exposed: _, ...others } = search;
                go({ ...others, ...(isOn && { exposed: true }) });
              }}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

interface EstateProps {
  readonly cluster: string | undefined;
  readonly search: MapSearch;
  readonly onExposed: (isOn: boolean) => void;
}

function Estate({ cluster, search, onExposed }: EstateProps) {
  const navigate = useNavigate();
  const query = useQuery(workloadsQuery(cluster));
  const shown = useMemo(
    () => (query.data ?? []).filter(({ exposure }) => !search.exposed || exposure === 'internet'),
    [query.data, search.exposed],
  );
  const open = useCallback((id: string) => void navigate({ to: '/inventory/$id', params: { id } }), [navigate]);
  const count = (wanted: Workload['exposure']) =>
    (query.data ?? []).filter(({ exposure }) => exposure === wanted).length;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-x-5 gap-y-1 border-b border-line px-5 py-2 text-small text-muted max-md:px-4">
        <Mark className="bg-bad">{count('internet')} reached from the internet</Mark>
        <Mark className="bg-accent">{count('internal')} from inside only</Mark>
        <Mark className="bg-unknown">{count('unknown')} not known</Mark>
        <Checkbox
          label="Only what is exposed"
          checked={search.exposed === true}
          onChange={({ target }) => onExposed(target.checked)}
        />
        <span>Who talks to whom comes with flows from agents; none have told yet.</span>
      </div>
      <Loaded query={query} rows={10}>
        {() =>
          search.view === 'table' ? (
            <WorkloadTable workloads={shown} />
          ) : (
            <Suspense fallback={null}>
              <Picture workloads={shown} onOpen={open} />
            </Suspense>
          )
        }
      </Loaded>
    </div>
  );
}

function Mark({ className, children }: { readonly className: string; readonly children: ReactNode }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden="true" className={`size-2.5 rounded-full ${className}`} />
      <span>{children}</span>
    </span>
  );
}

const LOOKS = { internet: 'bad', internal: 'plain', unknown: 'warn' } as const;

const MOST = 1000;

function WorkloadTable({ workloads }: { readonly workloads: readonly Workload[] }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-5 max-md:p-4">
      <PlainTable
        label="Workloads"
        columns={[
          { id: 'namespace', title: 'Namespace', cell: ({ namespace }) => namespace },
          {
            id: 'name',
            title: 'Workload',
            cell: ({ id, kind, name }) => (
              <Link className="text-link hover:underline" to="/inventory/$id" params={{ id }}>
                {kind} {name}
              </Link>
            ),
          },
          {
            id: 'exposure',
            title: 'Reached from',
            cell: ({ exposure }) => <Chip look={LOOKS[exposure]}>{exposure}</Chip>,
          },
          { id: 'by', title: 'Through', isWide: true, cell: ({ exposedBy }) => exposedBy.join(', ') },
          { id: 'containers', title: 'Containers', align: 'right', isWide: true, cell: ({ containers }) => containers },
          {
            id: 'findings',
            title: 'Open findings',
            align: 'right',
            cell: ({ openFindings }) => openFindings.toLocaleString('en'),
          },
        ]}
        rows={workloads.slice(0, MOST)}
        idOf={({ id }) => id}
        empty="There are none."
      />
      {workloads.length > MOST && (
        <p className="pt-2 text-small text-muted">
          These are the first {MOST} of {workloads.length}; all are in the inventory.
        </p>
      )}
    </div>
  );
}

function NoClusters() {
  const navigate = useNavigate();
  return (
    <EmptyState
      icon="map"
      title="No cluster has told of itself yet"
      action={<Button onClick={() => void navigate({ to: '/inventory' })}>To the inventory</Button>}
    >
      <p>
        A cluster is on the map when its workloads, services and ingresses were told. What it says of itself can be
        judged at once:
      </p>
      <CodeBlock label="A cluster" code="plimsoll audit cluster" />
    </EmptyState>
  );
}
