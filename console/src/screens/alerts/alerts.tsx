import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/api.ts';
import { Segmented } from '../../components/button.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Failure } from '../../components/failure.tsx';
import { useMedia } from '../../components/media.ts';
import { SeverityMark } from '../../components/severity.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { Ago } from '../../components/time.tsx';
import { Page } from '../../shell/page.tsx';
import { IncidentPanel, type Listed } from './incident.tsx';
import { type Incident, incidentsOf } from './incidents.ts';
import { alertsRoute } from './route.ts';

const MOST = 500;
const ALL = 'kind:runtime';
const OPEN = `${ALL} state:open`;

/** What happens in running containers, one thing after the other put together. */
export function Alerts() {
  const search = alertsRoute.useSearch();
  const navigate = useNavigate();
  const filter = search.all ? ALL : OPEN;
  const query = useQuery({
    queryKey: ['findings', 'alerts', filter],
    queryFn: ({ signal }) => call('listFindings', { search: { filter, sort: '-seen', limit: MOST } }, { signal }),
    refetchInterval: 30_000,
  });
  const incidents = incidentsOf(query.data?.items ?? []);
  const [cursor, setCursor] = useState(0);
  const isNarrow = useMedia('(max-width: 767px)');
  const open = (id: string | undefined, replace = false) =>
    void navigate({ to: '/alerts', search: { ...(search.all && { all: true }), ...(id && { open: id }) }, replace });
  const shown = incidents.find(({ alerts }) => alerts.some(({ id }) => id === search.open));
  return (
    <Page
      title="Alerts"
      about="What happens in running containers"
      actions={
        <>
          <Link className="text-link hover:underline" to="/findings" search={{ filter, sort: '-seen' }}>
            As findings
          </Link>
          <Segmented
            label="Which"
            value={search.all ? 'all' : 'open'}
            options={[
              { value: 'open', label: 'Open' },
              { value: 'all', label: 'All' },
            ]}
            onChange={(value) => {
              setCursor(0);
              void navigate({ to: '/alerts', search: value === 'all' ? { all: true } : {} });
            }}
          />
        </>
      }
    >
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          {query.error ? (
            <Failure error={query.error} onRetry={() => void query.refetch()} />
          ) : query.isPending ? (
            <SkeletonRows />
          ) : incidents.length === 0 ? (
            <NoAlerts isAll={search.all === true} />
          ) : (
            <DataTable
              label="Incidents"
              columns={shown ? columns.filter(({ id }) => BESIDE.has(id)) : columns}
              count={incidents.length}
              rowAt={(index) => incidents[index]}
              idOf={({ id }) => id}
              cursor={cursor}
              onCursor={(index) => {
                setCursor(index);
                if (search.open !== undefined) open(incidents[index]?.id, true);
              }}
              onOpen={({ id }) => open(id)}
              openId={shown?.id}
              density="comfortable"
              isNarrow={isNarrow}
              card={(incident) => <IncidentCard incident={incident} />}
            />
          )}
          {query.data?.next && (
            <p className="border-t border-line px-5 py-2 text-small text-muted">
              Of the newest {MOST} alerts. All of them are in the list of findings.
            </p>
          )}
        </div>
        {shown && <IncidentPanel key={shown.id} incident={shown} onClose={() => open(undefined)} />}
      </div>
    </Page>
  );
}

const BESIDE: ReadonlySet<string> = new Set(['worst', 'what', 'last']);

const columns: readonly Column<Incident<Listed>>[] = [
  { id: 'worst', title: 'At worst', width: '7rem', cell: ({ worst }) => <SeverityMark severity={worst} /> },
  {
    id: 'what',
    title: 'What',
    width: 'minmax(16rem, 2fr)',
    cell: ({ alerts }) => (
      <>
        <span className="font-medium">{alerts[0]?.title}</span>
        {alerts.length > 1 && <span className="text-muted"> and {alerts.length - 1} more</span>}
      </>
    ),
  },
  { id: 'where', title: 'Where', width: 'minmax(12rem, 1.5fr)', cell: ({ asset }) => asset.name },
  {
    id: 'team',
    title: 'Team',
    width: '9rem',
    cell: ({ team }) => team?.name ?? <span className="text-warn">nobody</span>,
  },
  { id: 'started', title: 'Began', width: '7rem', cell: ({ startedAt }) => <Ago at={startedAt} /> },
  { id: 'last', title: 'Last', width: '7rem', cell: ({ lastAt }) => <Ago at={lastAt} /> },
];

function IncidentCard({ incident: { worst, alerts, asset, lastAt } }: { readonly incident: Incident<Listed> }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="flex items-center gap-2">
        <SeverityMark severity={worst} />
        <Ago at={lastAt} className="ml-auto text-small text-muted" />
      </span>
      <span className="truncate font-medium">{alerts[0]?.title}</span>
      <span className="truncate text-small text-muted">
        {asset.name}
        {alerts.length > 1 && ` · ${alerts.length} alerts`}
      </span>
    </div>
  );
}

function NoAlerts({ isAll }: { readonly isAll: boolean }) {
  return (
    <EmptyState icon="alerts" title={isAll ? 'Nothing was told yet' : 'Nothing waits'}>
      <p>
        Alerts come from what watches running containers. Where Falco is installed already, its alerts are taken as they
        are; send them with a token of the role ci:
      </p>
      <CodeBlock
        label="Falco"
        code={`falco -o json_output=true > alerts.jsonl\nplimsoll upload alerts.jsonl --server ${window.location.origin}`}
      />
    </EmptyState>
  );
}
