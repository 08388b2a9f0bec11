import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Failure } from '../../components/failure.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { namesQuery, placesQuery } from './data.ts';
import { byVersion } from './places.ts';

const SHOWN = 6;

/** The answer to "where is it?": every asset that has the package now, by version. */
export function WherePackage({ name }: { readonly name: string }) {
  const { data, error, refetch } = useQuery(placesQuery(name));
  const [isWhole, setWhole] = useState(false);
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton className="m-5 w-1/3" />;
  if (data.items.length === 0) return <SimilarNames text={name} />;
  const versions = byVersion(data.items);
  const assets = new Set(data.items.map(({ asset }) => asset.id)).size;
  const shown = isWhole ? versions : versions.slice(0, SHOWN);
  return (
    <section
      aria-label={`Where ${name} is`}
      className="flex max-h-[45vh] shrink-0 flex-col gap-2 overflow-y-auto border-b border-line px-5 py-3 max-md:px-4"
    >
      <h2>
        The package <strong>{name}</strong> is in <strong>{assets.toLocaleString('en')}</strong>
        {data.next !== undefined && ' and more'} {assets === 1 ? 'asset' : 'assets'}.{' '}
        <Link
          to="/findings"
          search={{ filter: `is:open package:"${shortName(name)}"` }}
          className="text-link hover:underline"
        >
          Its open findings
        </Link>
      </h2>
      <PlainTable
        label={`Versions of ${name}`}
        rows={shown}
        idOf={({ type, version }) => `${type} ${version}`}
        columns={[
          { id: 'version', title: 'Version', cell: ({ version }) => <span className="font-mono">{version}</span> },
          { id: 'type', title: 'Ecosystem', isWide: true, cell: ({ type }) => type },
          {
            id: 'count',
            title: 'Assets',
            align: 'right',
            cell: ({ assets: list }) => list.length.toLocaleString('en'),
          },
          {
            id: 'where',
            title: 'Where',
            cell: ({ assets: list }) => (
              <span className="flex flex-wrap gap-x-3">
                {list.slice(0, 4).map(({ id, name: asset }) => (
                  <Link key={id} to="/inventory/$id" params={{ id }} className="break-all text-link hover:underline">
                    {asset}
                  </Link>
                ))}
                {list.length > 4 && <span className="text-muted">and {list.length - 4} more</span>}
              </span>
            ),
          },
        ]}
      />
      {versions.length > SHOWN && (
        <Button look="quiet" className="self-start" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Fewer versions' : `${versions.length - SHOWN} more versions`}
        </Button>
      )}
    </section>
  );
}

/** As the filter of findings knows packages: without namespace. */
function shortName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
}

/** Packages with the text in their name, when none is called just so. */
function SimilarNames({ text }: { readonly text: string }) {
  const { data } = useQuery(namesQuery(text));
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section
      aria-label="Packages"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-5 py-3 max-md:px-4"
    >
      <h2 className="text-muted">Packages with that in their name</h2>
      {data.items.map(({ type, name }) => (
        <Link
          key={`${type} ${name}`}
          to="/inventory"
          search={{ find: name }}
          className="break-all text-link hover:underline"
        >
          {name}
        </Link>
      ))}
    </section>
  );
}
