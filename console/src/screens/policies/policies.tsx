import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Chip } from '../../components/chip.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { useMedia } from '../../components/media.ts';
import { SeverityMark, severities } from '../../components/severity.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { Page } from '../../shell/page.tsx';
import { Bindings } from './bindings.tsx';
import { type Binding, bindingsQuery, type Pack, type Policy, policiesQuery } from './data.ts';
import { PolicyPanel } from './panel.tsx';
import { Results } from './results.tsx';
import { policiesRoute } from './route.ts';
import type { PoliciesTab } from './search.ts';

/** What may be built, shipped and run: the rules, where they hold, and what they said. */
export function Policies() {
  const search = policiesRoute.useSearch();
  const navigate = useNavigate();
  const query = useQuery(policiesQuery);
  const bindings = useQuery(bindingsQuery).data?.items ?? [];
  const { tab = 'policies', open } = search;
  const show = (policy: string | undefined) =>
    void navigate({ to: '/policies', search: { ...(tab !== 'policies' && { tab }), ...(policy && { open: policy }) } });
  return (
    <Page title="Policies" about="What may be built, shipped and run, where that holds, and what came of it">
      <div className="flex min-h-0 flex-1">
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <Tabs
            label="Policies"
            value={tab}
            onChange={(next) =>
              void navigate({ to: '/policies', search: next === 'policies' ? {} : { tab: next as PoliciesTab } })
            }
            tabs={[
              {
                id: 'policies',
                label: 'Policies',
                content: (
                  <Loaded query={query}>
                    {({ policies, packs }) => (
                      <PolicyTable policies={policies} packs={packs} bindings={bindings} openId={open} onOpen={show} />
                    )}
                  </Loaded>
                ),
              },
              { id: 'in-force', label: `In force (${bindings.length})`, content: <Bindings onOpen={show} /> },
              { id: 'results', label: 'Results', content: <Results /> },
            ]}
          />
        </div>
        {open !== undefined && <PolicyPanel key={open} id={open} bindings={bindings} onClose={() => show(undefined)} />}
      </div>
    </Page>
  );
}

function PolicyTable({
  policies,
  packs,
  bindings,
  openId,
  onOpen,
}: {
  readonly policies: readonly Policy[];
  readonly packs: readonly Pack[];
  readonly bindings: readonly Binding[];
  readonly openId: string | undefined;
  readonly onOpen: (policy: string) => void;
}) {
  const [cursor, setCursor] = useState(0);
  const isNarrow = useMedia('(max-width: 767px)');
  const rows = policies.toSorted(
    (a, b) =>
      packTitle(packs, a).localeCompare(packTitle(packs, b)) ||
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      a.title.localeCompare(b.title),
  );
  const shown = columns(packs, bindings).filter(({ id }) => openId === undefined || BESIDE.has(id));
  return (
    <div className="flex h-full min-h-0 flex-col">
      <DataTable
        label="Policies"
        columns={shown}
        count={rows.length}
        rowAt={(index) => rows[index]}
        idOf={({ id }) => id}
        cursor={cursor}
        onCursor={setCursor}
        onOpen={({ id }) => onOpen(id)}
        openId={openId}
        isNarrow={isNarrow}
        card={(policy) => (
          <div className="flex flex-col gap-1">
            <span className="truncate font-medium">{policy.title}</span>
            <span className="truncate text-small text-muted">{packTitle(packs, policy)}</span>
            <SeverityMark severity={policy.severity} />
          </div>
        )}
      />
    </div>
  );
}

const BESIDE: ReadonlySet<string> = new Set(['title', 'severity']);

function packTitle(packs: readonly Pack[], { pack }: Policy): string {
  return packs.find(({ id }) => id === pack)?.title ?? (pack === 'own' ? 'Your own' : pack);
}

function columns(packs: readonly Pack[], bindings: readonly Binding[]): readonly Column<Policy>[] {
  const holds = ({ id, pack }: Policy) => bindings.filter(({ policy }) => policy === id || policy === pack);
  return [
    {
      id: 'title',
      title: 'Policy',
      width: 'minmax(16rem, 3fr)',
      cell: ({ title }) => <span className="font-medium">{title}</span>,
    },
    { id: 'severity', title: 'Severity', width: '7rem', cell: ({ severity }) => <SeverityMark severity={severity} /> },
    { id: 'pack', title: 'Pack', width: 'minmax(10rem, 1.5fr)', cell: (policy) => packTitle(packs, policy) },
    {
      id: 'force',
      title: 'In force',
      width: '10rem',
      cell: (policy) => {
        const actions = [...new Set(holds(policy).map(({ action }) => action))];
        return actions.length === 0 ? (
          <span className="text-faint">nowhere</span>
        ) : (
          <span className="flex gap-1">
            {actions.map((action) => (
              <ActionChip key={action} action={action} />
            ))}
          </span>
        );
      },
    },
    {
      id: 'controls',
      title: 'Controls',
      width: '10rem',
      cell: ({ controls }) => <span className="text-small text-muted">{controls.join(', ')}</span>,
    },
  ];
}

export function ActionChip({ action }: { readonly action: Binding['action'] }) {
  const look = { deny: 'bad', warn: 'warn', audit: 'plain' } as const;
  const words = { deny: 'denies', warn: 'warns', audit: 'notes' } as const;
  return <Chip look={look[action]}>{words[action]}</Chip>;
}
