import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { address } from '../../api/api.ts';
import { teamsQuery } from '../../api/lists.ts';
import { may, useMe } from '../../api/me.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Failure } from '../../components/failure.tsx';
import { Select } from '../../components/field.tsx';
import { useMedia } from '../../components/media.ts';
import { Menu, MenuItem, MenuLabel } from '../../components/menu.tsx';
import { SeverityMark } from '../../components/severity.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { Ago } from '../../components/time.tsx';
import { Page } from '../../shell/page.tsx';
import { useShortcuts } from '../../shell/shortcuts.ts';
import { useExceptions } from './data.ts';
import { ExceptionPanel } from './panel.tsx';
import { RequestDialog } from './request.tsx';
import { exceptionsRoute } from './route.ts';
import { type Exception, reasonLabel, scopeWords, states, stateWords } from './words.ts';

/** What need not be mended for a while: who asked, who agreed, until when. */
export function Exceptions() {
  const search = exceptionsRoute.useSearch();
  const navigate = useNavigate();
  const me = useMe();
  const teams = useQuery(teamsQuery).data;
  const teamName = (id: string) => teams?.find((team) => team.id === id)?.name;
  const [isAsking, setAsking] = useState(false);
  const [cursor, setCursor] = useState(0);
  const isNarrow = useMedia('(max-width: 767px)');
  const list = useExceptions(search.state);
  const { rows } = list;
  const open = (id: string | undefined, replace = false) =>
    void navigate({
      to: '/exceptions',
      search: { ...(search.state && { state: search.state }), ...(id && { open: id }) },
      replace,
    });
  const moveTo = (index: number) => {
    setCursor(index);
    if (search.open !== undefined) open(rows[index]?.id, true);
  };
  const canAsk = may(me, 'exceptions:request');
  useShortcuts('Exceptions', canAsk ? [{ keys: 'n', label: 'Request an exception', run: () => setAsking(true) }] : []);

  const narrowed = search.open === undefined ? columns(teamName) : columns(teamName).filter(({ id }) => BESIDE.has(id));
  return (
    <Page
      title="Exceptions"
      about="What need not be fixed for a while, why, and until when"
      actions={
        <>
          <Export />
          {canAsk && (
            <Button look="primary" icon="plus" onClick={() => setAsking(true)}>
              Request
            </Button>
          )}
        </>
      }
    >
      <div className="flex shrink-0 items-center gap-2 border-b border-line px-5 py-2 max-md:px-4">
        <Select
          aria-label="State"
          className="w-52"
          value={search.state ?? ''}
          onChange={({ target }) => {
            setCursor(0);
            const state = states.find((one) => one === target.value);
            void navigate({ to: '/exceptions', search: state ? { state } : {} });
          }}
          options={[
            { value: '', label: 'All states' },
            ...states.map((value) => ({ value, label: stateWords[value].label })),
          ]}
        />
      </div>
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          {list.error ? (
            <Failure error={list.error} onRetry={() => void list.refetch()} />
          ) : list.isPending ? (
            <SkeletonRows />
          ) : rows.length === 0 ? (
            <NoExceptions isFiltered={search.state !== undefined} onAsk={canAsk ? () => setAsking(true) : undefined} />
          ) : (
            <DataTable
              label="Exceptions"
              columns={narrowed}
              count={list.count}
              rowAt={(index) => rows[index]}
              idOf={({ id }) => id}
              onReach={list.onReach}
              density="comfortable"
              cursor={cursor}
              onCursor={moveTo}
              onOpen={({ id }) => open(id)}
              openId={search.open}
              isNarrow={isNarrow}
              card={(one) => <ExceptionCard exception={one} teamName={teamName} />}
            />
          )}
        </div>
        {search.open !== undefined && (
          <ExceptionPanel key={search.open} id={search.open} teamName={teamName} onClose={() => open(undefined)} />
        )}
      </div>
      {isAsking && (
        <RequestDialog
          onClose={() => setAsking(false)}
          onDone={(id) => {
            setAsking(false);
            open(id);
          }}
        />
      )}
    </Page>
  );
}

/** Their end no longer matters. */
const GONE: ReadonlySet<string> = new Set(['revoked', 'rejected']);

const BESIDE: ReadonlySet<string> = new Set(['state', 'scope', 'ends']);

function columns(teamName: (id: string) => string | undefined): readonly Column<Exception>[] {
  return [
    { id: 'state', title: 'State', width: '11rem', cell: ({ state }) => <StateChip state={state} /> },
    {
      id: 'scope',
      title: 'For',
      width: 'minmax(14rem, 2fr)',
      cell: ({ scope, explanation }) => (
        <>
          <span className="font-medium">{scopeWords(scope, teamName)}</span>{' '}
          <span className="text-muted">{explanation}</span>
        </>
      ),
    },
    { id: 'worst', title: 'At worst', width: '7rem', cell: ({ worst }) => <SeverityMark severity={worst} /> },
    { id: 'reason', title: 'Reason', width: 'minmax(12rem, 1.3fr)', cell: ({ reason }) => reasonLabel(reason) },
    { id: 'by', title: 'Asked by', width: '10rem', cell: ({ requester }) => requester.name },
    {
      id: 'approvals',
      title: 'Approved by',
      width: '10rem',
      cell: ({ approvals, approvalsNeeded }) =>
        approvals.length === 0 ? (
          <span className="text-faint">{`nobody of ${approvalsNeeded}`}</span>
        ) : (
          approvals.map(({ name }) => name).join(', ')
        ),
    },
    {
      id: 'ends',
      title: 'Ends',
      width: '7rem',
      cell: ({ state, expiresAt }) => (GONE.has(state) ? '' : <Ago at={expiresAt} />),
    },
  ];
}

export function StateChip({ state }: { readonly state: Exception['state'] }) {
  const { label, look } = stateWords[state];
  return <Chip look={look}>{label}</Chip>;
}

function ExceptionCard({
  exception: { state, scope, reason, expiresAt, requester },
  teamName,
}: {
  readonly exception: Exception;
  readonly teamName: (id: string) => string | undefined;
}) {
  return (
    <div className="flex flex-col gap-1">
      <span className="truncate font-medium">{scopeWords(scope, teamName)}</span>
      <span className="truncate text-small text-muted">
        {reasonLabel(reason)} · {requester.name}
      </span>
      <span className="flex items-center gap-2 text-small">
        <StateChip state={state} /> ends <Ago at={expiresAt} />
      </span>
    </div>
  );
}

function NoExceptions({
  isFiltered,
  onAsk,
}: {
  readonly isFiltered: boolean;
  readonly onAsk: (() => void) | undefined;
}) {
  return (
    <EmptyState
      icon="exceptions"
      title={isFiltered ? 'None in this state' : 'No exceptions yet'}
      action={onAsk && <Button onClick={onAsk}>Request one</Button>}
    >
      <p>
        An exception says that findings need not be fixed, for a reason and until a date. Somebody else approves it, and
        when it ends the findings open again by themselves.
      </p>
    </EmptyState>
  );
}

const FORMATS = [
  { format: 'yaml', label: 'YAML, for plimsoll scan --exceptions' },
  { format: 'openvex', label: 'OpenVEX' },
  { format: 'csaf', label: 'CSAF' },
] as const;

function Export() {
  return (
    <Menu trigger={<Button icon="download">Export</Button>}>
      <MenuLabel>All that hold now</MenuLabel>
      {FORMATS.map(({ format, label }) => (
        <MenuItem
          key={format}
          icon="download"
          onSelect={() => window.location.assign(address('exportExceptions', { search: { format } }))}
        >
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
