import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Failure } from '../../components/failure.tsx';
import { useMedia } from '../../components/media.ts';
import { SkeletonRows } from '../../components/skeleton.tsx';
import type { Artifact, Asset } from './data.ts';

type Package = ItemOf<'listArtifactPackages'>;

const PAGE = 200;

/** What is in one version. */
export function Packages({
  asset,
  artifact,
  isNewest,
}: {
  readonly asset: Asset;
  readonly artifact: Artifact;
  readonly isNewest: boolean;
}) {
  const { id, digest, packages } = artifact;
  const [cursor, setCursor] = useState(0);
  const isNarrow = useMedia('(max-width: 767px)');
  const { data, error, isPending, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['assets', 'packages', id],
    queryFn: ({ pageParam, signal }) =>
      call(
        'listArtifactPackages',
        { params: { id }, search: { limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows />;
  const rows = data.pages.flatMap(({ items }) => items);
  if (rows.length === 0)
    return (
      <EmptyState icon="inventory" title="No list of packages">
        <p>Scans of manifests have none. A scan of the image or host brings it.</p>
      </EmptyState>
    );
  return (
    <div className="flex h-full min-h-0 flex-col">
      <p className="shrink-0 border-b border-line px-5 py-2 text-muted max-md:px-4">
        {isNewest ? 'In the newest version' : 'In the version'}{' '}
        <span className="font-mono text-small">{digest.replace('sha256:', '').slice(0, 16)}</span>
        {!isNewest && (
          <>
            , which is not the newest.{' '}
            <Link
              to="/inventory/$id"
              params={{ id: asset.id }}
              search={{ tab: 'packages' }}
              className="text-link hover:underline"
            >
              Show the newest
            </Link>
          </>
        )}
      </p>
      <DataTable
        label="Packages"
        columns={columns}
        count={Math.max(rows.length, hasNextPage ? packages : 0)}
        rowAt={(index) => rows[index]}
        idOf={({ id: one }) => String(one)}
        onReach={(index) => {
          if (hasNextPage && !isFetching && index >= rows.length - 50) void fetchNextPage();
        }}
        cursor={cursor}
        onCursor={setCursor}
        isNarrow={isNarrow}
        card={({ name, version, type }) => (
          <div className="flex flex-col gap-1">
            <span className="truncate font-medium">{name}</span>
            <span className="truncate font-mono text-small">{version}</span>
            <span className="text-small text-muted">{type}</span>
          </div>
        )}
      />
    </div>
  );
}

const columns: readonly Column<Package>[] = [
  {
    id: 'name',
    title: 'Package',
    width: 'minmax(14rem, 2fr)',
    cell: ({ name }) => (
      <Link to="/inventory" search={{ find: name }} className="font-medium hover:underline">
        {name}
      </Link>
    ),
  },
  {
    id: 'version',
    title: 'Version',
    width: 'minmax(10rem, 1fr)',
    cell: ({ version }) => <span className="font-mono text-small">{version}</span>,
  },
  { id: 'type', title: 'Ecosystem', width: '8rem', cell: ({ type }) => type },
  {
    id: 'source',
    title: 'Built from',
    width: '12rem',
    cell: ({ source, sourceVersion }) =>
      source && (
        <span className="text-muted">
          {source} {sourceVersion}
        </span>
      ),
  },
  {
    id: 'layer',
    title: 'Layer',
    width: '9rem',
    cell: ({ layer }) =>
      layer && <span className="font-mono text-small text-muted">{layer.replace('sha256:', '').slice(0, 12)}</span>,
  },
];
