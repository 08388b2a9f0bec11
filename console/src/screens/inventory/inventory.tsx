import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { teamsQuery } from '../../api/lists.ts';
import { Button, Segmented } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Failure } from '../../components/failure.tsx';
import { inputLook, Select } from '../../components/field.tsx';
import { useMedia } from '../../components/media.ts';
import { capital } from '../../components/severity.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { Ago } from '../../components/time.tsx';
import { Page } from '../../shell/page.tsx';
import { useShortcuts } from '../../shell/shortcuts.ts';
import { Clusters } from './clusters.tsx';
import { type Asset, useAssets } from './data.ts';
import { inventoryRoute } from './route.ts';
import { type InventorySearch, kinds } from './search.ts';
import { WherePackage } from './where-package.tsx';

/** All that there is: one search over names of assets and packages, and the list of what fits. */
export function Inventory() {
  const search = inventoryRoute.useSearch();
  const navigate = useNavigate();
  const assets = useAssets(search);
  const [cursor, setCursor] = useState(0);
  const isNarrow = useMedia('(max-width: 767px)');
  const go = (change: Partial<InventorySearch>, without: readonly (keyof InventorySearch)[] = []) => {
    setCursor(0);
    const next = Object.fromEntries(
      Object.entries({ ...search, ...change }).filter(([name]) => !without.some((one) => one === name)),
    );
    void navigate({ to: '/inventory', search: next });
  };
  const open = (asset: Asset) => void navigate({ to: '/inventory/$id', params: { id: asset.id } });
  return (
    <Page title="Inventory" about="What is scanned, who owns it, and where every package is">
      <Toolbar search={search} onGo={go} />
      {search.find !== undefined && <WherePackage name={search.find} />}
      {search.clusters ? (
        <Clusters />
      ) : assets.error ? (
        <Failure error={assets.error} onRetry={() => void assets.refetch()} />
      ) : assets.isPending ? (
        <SkeletonRows />
      ) : assets.rows.length === 0 ? (
        <NoAssets search={search} onClear={() => void navigate({ to: '/inventory', search: {} })} />
      ) : (
        <DataTable
          label="Assets"
          columns={columns}
          count={assets.count}
          rowAt={(index) => assets.rows[index]}
          idOf={({ id }) => id}
          onReach={assets.onReach}
          cursor={cursor}
          onCursor={setCursor}
          onOpen={open}
          isNarrow={isNarrow}
          card={(asset) => <AssetCard asset={asset} />}
        />
      )}
    </Page>
  );
}

type Go = (change: Partial<InventorySearch>, without?: readonly (keyof InventorySearch)[]) => void;

function Toolbar({ search, onGo }: { readonly search: InventorySearch; readonly onGo: Go }) {
  const teams = useQuery(teamsQuery).data ?? [];
  const input = useRef<HTMLInputElement>(null);
  useShortcuts('Inventory', [{ keys: '/', label: 'Search assets and packages', run: () => input.current?.focus() }]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const find = input.current?.value.trim() ?? '';
    if (find === '') onGo({}, ['find']);
    else onGo({ find }, ['clusters']);
  };
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-5 py-2 max-md:px-4">
      <form role="search" onSubmit={submit} className="flex min-w-60 flex-1 gap-2">
        <input
          key={search.find ?? ''}
          ref={input}
          type="search"
          aria-label="Search assets and packages"
          placeholder="Where is …? A package (log4j-core) or part of a name"
          defaultValue={search.find ?? ''}
          className={inputLook}
        />
        <Button type="submit" icon="search">
          Search
        </Button>
      </form>
      <KindChoice search={search} onGo={onGo} />
      <Select
        aria-label="Owner"
        className="w-40"
        value={search.unowned ? 'nobody' : (search.team ?? '')}
        onChange={({ target: { value } }) => {
          if (value === 'nobody') onGo({ unowned: true }, ['team']);
          else if (value === '') onGo({}, ['team', 'unowned']);
          else onGo({ team: value }, ['unowned']);
        }}
        options={[
          { value: '', label: 'Any owner' },
          ...teams.map(({ id, name }) => ({ value: id, label: name })),
          { value: 'nobody', label: 'Nobody’s' },
        ]}
      />
    </div>
  );
}

function KindChoice({ search, onGo }: { readonly search: InventorySearch; readonly onGo: Go }) {
  const isNarrow = useMedia('(max-width: 1279px)');
  const value = search.clusters ? 'clusters' : (search.kind ?? 'all');
  const options = [
    { value: 'all', label: 'All' },
    { value: 'clusters', label: 'Clusters' },
    ...kinds.map((kind) => ({ value: kind, label: PLURALS[kind] })),
  ];
  const choose = (chosen: string) => {
    const kind = kinds.find((one) => one === chosen);
    if (kind) onGo({ kind }, ['clusters']);
    else if (chosen === 'clusters') onGo({ clusters: true }, ['kind', 'find']);
    else onGo({}, ['kind', 'clusters']);
  };
  return isNarrow ? (
    <Select
      aria-label="Kind"
      className="w-36"
      value={value}
      options={options}
      onChange={({ target }) => choose(target.value)}
    />
  ) : (
    <Segmented label="Kind" value={value} options={options} onChange={choose} />
  );
}

const PLURALS = { repository: 'Images', workload: 'Workloads', host: 'Hosts', project: 'Projects' } as const;

const columns: readonly Column<Asset>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(16rem, 3fr)',
    cell: ({ name }) => <span className="font-medium">{name}</span>,
  },
  { id: 'kind', title: 'Kind', width: '7rem', cell: ({ kind }) => capital(kind) },
  {
    id: 'team',
    title: 'Owner',
    width: '9rem',
    cell: ({ teamName, ownedBy }) =>
      teamName === null ? (
        <span className="text-faint">nobody</span>
      ) : (
        <span title={ownedBy ?? undefined}>{teamName}</span>
      ),
  },
  { id: 'exposure', title: 'Exposure', width: '8rem', cell: ({ exposure }) => <ExposureMark exposure={exposure} /> },
  {
    id: 'open',
    title: 'Open findings',
    width: '8rem',
    align: 'right',
    cell: ({ name, openFindings }) => (
      <Link
        to="/findings"
        search={{ filter: `is:open asset:"${name}"` }}
        onClick={(event) => event.stopPropagation()}
        className="text-link hover:underline"
      >
        {openFindings.toLocaleString('en')}
      </Link>
    ),
  },
  { id: 'seen', title: 'Last scan', width: '8rem', cell: ({ lastSeenAt }) => <Ago at={lastSeenAt} /> },
];

export function ExposureMark({ exposure }: { readonly exposure: Asset['exposure'] }) {
  if (exposure === 'internet') return <Chip look="warn">internet</Chip>;
  return (
    <span className={exposure === 'unknown' ? 'text-faint' : 'text-muted'}>
      {exposure === 'unknown' ? 'not known' : 'inside'}
    </span>
  );
}

function AssetCard({ asset: { name, kind, teamName, openFindings, lastSeenAt } }: { readonly asset: Asset }) {
  return (
    <div className="flex flex-col gap-1">
      <span className="truncate font-medium">{name}</span>
      <span className="truncate text-small text-muted">
        {capital(kind)} · {teamName ?? 'nobody’s'}
      </span>
      <span className="text-small">
        {openFindings.toLocaleString('en')} open · scanned <Ago at={lastSeenAt} />
      </span>
    </div>
  );
}

function NoAssets({ search, onClear }: { readonly search: InventorySearch; readonly onClear: () => void }) {
  if (Object.keys(search).length > 0)
    return (
      <EmptyState
        icon="search"
        title="No asset is called like that"
        action={<Button onClick={onClear}>Show everything</Button>}
      >
        <p>
          The search looks for a part of a name. Packages are found by their whole name, as their ecosystem writes it.
        </p>
      </EmptyState>
    );
  return (
    <EmptyState icon="inventory" title="Nothing was scanned yet">
      <p>Scan an image and send the report here. Hosts report by themselves with plimsoll up.</p>
      <CodeBlock label="A scan" code={`plimsoll scan IMAGE --upload ${window.location.origin}`} />
    </EmptyState>
  );
}
