import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { bytes } from '../../components/bytes.ts';
import { Chip } from '../../components/chip.tsx';
import { classNames } from '../../components/class-names.ts';
import { moment } from '../../components/duration.ts';
import { Loaded } from '../../components/loaded.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Ago } from '../../components/time.tsx';
import type { Artifact, Asset } from './data.ts';
import { sumOf } from './layers.ts';

type Layer = ItemOf<'listLayers'>;

/** What each layer brought, from the bottom: what is of the base, and what is yours. */
export function Layers({ artifact: { id } }: { readonly artifact: Artifact }) {
  const query = useQuery({
    queryKey: ['images', 'layers', id],
    queryFn: ({ signal }) => call('listLayers', { params: { id } }, { signal }),
  });
  return (
    <Loaded query={query}>
      {({ items }) => (
        <section className="flex flex-col gap-4">
          <Shares layers={items} />
          <PlainTable
            label="Layers"
            rows={items.map((layer, index) => ({ ...layer, index }))}
            idOf={({ index }) => String(index)}
            empty="No report has told of its layers."
            columns={[
              {
                id: 'index',
                title: '#',
                align: 'right',
                cell: ({ index }) => <span className="text-muted">{index}</span>,
              },
              { id: 'part', title: 'Of', cell: ({ part }) => <PartChip part={part} /> },
              {
                id: 'instruction',
                title: 'Build step',
                cell: ({ instruction, diffId }) => (
                  <span className="font-mono text-small break-all">
                    {instruction ?? diffId?.replace('sha256:', '').slice(0, 16) ?? 'not known'}
                  </span>
                ),
              },
              {
                id: 'size',
                title: 'Size',
                align: 'right',
                isWide: true,
                cell: ({ size }) => (size === null ? '' : bytes(size)),
              },
              {
                id: 'packages',
                title: 'Packages',
                align: 'right',
                cell: ({ packages }) => packages.toLocaleString('en'),
              },
              {
                id: 'findings',
                title: 'Open findings',
                align: 'right',
                cell: ({ findings }) => (
                  <strong className={classNames(findings === 0 && 'font-normal text-faint')}>
                    {findings.toLocaleString('en')}
                  </strong>
                ),
              },
            ]}
          />
        </section>
      )}
    </Loaded>
  );
}

/** Who has to act: whoever makes the base, or the team itself. */
function Shares({ layers }: { readonly layers: readonly Layer[] }) {
  const [base, own] = [sumOf(layers, 'base'), sumOf(layers, 'own')];
  if (base.findings + own.findings === 0) return null;
  return (
    <p className="rounded-m bg-sunken px-3 py-2">
      <strong>{base.findings.toLocaleString('en')}</strong> of the open findings came with the base: a newer base is the
      way to be rid of them. <strong>{own.findings.toLocaleString('en')}</strong> came with your own layers.
    </p>
  );
}

function PartChip({ part }: { readonly part: Layer['part'] }) {
  if (part === 'own') return <Chip look="selected">yours</Chip>;
  return <Chip>{part === 'base' ? 'base' : 'not known'}</Chip>;
}

/** What the tags of the repository named over time. */
export function Tags({ asset: { id } }: { readonly asset: Asset }) {
  const query = useQuery({
    queryKey: ['assets', 'tags', id],
    queryFn: ({ signal }) => call('listTags', { params: { id }, search: { limit: 100 } }, { signal }),
  });
  return (
    <Loaded query={query}>
      {({ items }) => (
        <PlainTable
          label="Tags over time"
          rows={items}
          idOf={({ name, since, artifact }) => `${name} ${since} ${artifact}`}
          empty="No tag was seen."
          columns={[
            { id: 'name', title: 'Tag', cell: ({ name }) => <span className="font-medium">{name}</span> },
            {
              id: 'digest',
              title: 'Named',
              cell: ({ artifact, digest }) => (
                <Link
                  to="/inventory/$id"
                  params={{ id }}
                  search={{ tab: 'layers', version: artifact }}
                  className="font-mono text-small text-link hover:underline"
                >
                  {digest.replace('sha256:', '').slice(0, 16)}
                </Link>
              ),
            },
            { id: 'since', title: 'From', isWide: true, cell: ({ since }) => moment(new Date(since)) },
            {
              id: 'until',
              title: 'Until',
              cell: ({ until }) => (until === null ? <Chip look="good">now</Chip> : <Ago at={until} />),
            },
          ]}
        />
      )}
    </Loaded>
  );
}

/** Where it runs, or what runs in it. */
export function Containers({ asset }: { readonly asset: Asset }) {
  const isImage = asset.kind === 'repository';
  const query = useQuery({
    queryKey: ['containers', asset.id],
    queryFn: ({ signal }) =>
      call(
        'listContainers',
        { search: { limit: 200, ...(isImage ? { image: asset.name } : { asset: asset.id }) } },
        { signal },
      ),
  });
  return (
    <Loaded query={query}>
      {({ items }) => (
        <PlainTable
          label="Containers"
          rows={items}
          idOf={({ id }) => id}
          empty={
            isImage ? 'Nobody has told of a container that runs it.' : 'Nobody has told of containers that run here.'
          }
          columns={[
            { id: 'name', title: 'Container', cell: ({ name }) => <span className="font-medium">{name}</span> },
            {
              id: 'in',
              title: 'Runs in',
              cell: ({ runsIn }) => (
                <Link to="/inventory/$id" params={{ id: runsIn.id }} className="break-all text-link hover:underline">
                  {runsIn.name}
                </Link>
              ),
            },
            {
              id: 'image',
              title: 'Image',
              isWide: true,
              cell: ({ image, artifact }) =>
                artifact ? (
                  <Link
                    to="/inventory/$id"
                    params={{ id: artifact.repository }}
                    search={{ version: artifact.id }}
                    className="break-all text-link hover:underline"
                  >
                    {image}
                  </Link>
                ) : (
                  <span className="break-all">
                    {image} <Chip look="warn">never scanned</Chip>
                  </span>
                ),
            },
            { id: 'seen', title: 'Told', cell: ({ lastSeenAt }) => <Ago at={lastSeenAt} /> },
          ]}
        />
      )}
    </Loaded>
  );
}
