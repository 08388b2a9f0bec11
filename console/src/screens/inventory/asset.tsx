import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { call } from '../../api/api.ts';
import { CopyButton } from '../../components/code-block.tsx';
import { day, moment } from '../../components/duration.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Failure } from '../../components/failure.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { capital, SeverityMark, severities, severityOf, stateLabel } from '../../components/severity.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { Stat } from '../../components/stat.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { Ago } from '../../components/time.tsx';
import { Page } from '../../shell/page.tsx';
import { type Artifact, type Asset as AssetRow, artifactsQuery, assetQuery } from './data.ts';
import { Containers, Layers, Tags } from './image.tsx';
import { ExposureMark } from './inventory.tsx';
import { Packages } from './packages.tsx';
import { assetRoute } from './route.ts';
import type { AssetTab } from './search.ts';

/** One repository, workload, host or project: what is wrong with it, what it consisted of over time, what is in it. */
export function Asset() {
  const { id } = assetRoute.useParams();
  const { tab = 'findings', version } = assetRoute.useSearch();
  const navigate = useNavigate();
  const query = useQuery(assetQuery(id));
  const versions = useQuery(artifactsQuery(id));
  if (query.error)
    return (
      <Page title="Inventory">
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  const asset = query.data;
  if (asset === undefined)
    return (
      <Page title="Inventory">
        <SkeletonRows />
      </Page>
    );
  const rows = versions.data?.items ?? [];
  const shown = rows.find((one) => one.id === version) ?? rows[0];
  return (
    <Page title={lastPart(asset.name)} about={<Crumbs asset={asset} />}>
      <Tabs
        label="Parts"
        value={tab}
        onChange={(next) =>
          void navigate({
            to: '/inventory/$id',
            params: { id },
            search: { tab: next as AssetTab, ...(version !== undefined && { version }) },
            replace: true,
          })
        }
        tabs={[
          {
            id: 'findings',
            label: 'Findings',
            content: (
              <Part>
                <Findings asset={asset} />
              </Part>
            ),
          },
          ...(asset.kind === 'repository'
            ? [
                {
                  id: 'layers',
                  label: 'Layers',
                  content: <Part>{shown ? <Layers key={shown.id} artifact={shown} /> : <NoPackages />}</Part>,
                },
                {
                  id: 'tags',
                  label: 'Tags',
                  content: (
                    <Part>
                      <Tags asset={asset} />
                    </Part>
                  ),
                },
              ]
            : []),
          {
            id: 'versions',
            label: `Versions${rows.length > 0 ? ` (${rows.length})` : ''}`,
            content: (
              <Part>
                <Loaded query={versions}>{() => <Versions asset={asset} rows={rows} />}</Loaded>
              </Part>
            ),
          },
          {
            id: 'packages',
            label: `Packages${shown ? ` (${shown.packages.toLocaleString('en')})` : ''}`,
            content: shown ? (
              <Packages key={shown.id} asset={asset} artifact={shown} isNewest={shown === rows[0]} />
            ) : (
              <Part>
                <NoPackages />
              </Part>
            ),
          },
          {
            id: 'running',
            label: asset.kind === 'repository' ? 'Where it runs' : 'Containers',
            content: (
              <Part>
                <Containers asset={asset} />
              </Part>
            ),
          },
          {
            id: 'facts',
            label: 'Facts',
            content: (
              <Part>
                <Facts asset={asset} artifact={shown} />
              </Part>
            ),
          },
        ]}
      />
    </Page>
  );
}

function Part({ children }: { readonly children: ReactNode }) {
  return <div className="mx-auto flex max-w-6xl flex-col gap-6 px-5 py-5 max-md:px-4">{children}</div>;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1) || name;
}

function Crumbs({ asset: { kind, name, teamName } }: { readonly asset: AssetRow }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <Link to="/inventory" search={{ kind }} className="text-link hover:underline">
        {capital(kind)}
      </Link>
      <span className="break-all">{name}</span>
      <CopyButton text={name} what="the name" />
      <span>{teamName === null ? 'belongs to nobody' : `of ${teamName}`}</span>
    </span>
  );
}

/** Severities and states of what was found in it, each a link to the list. */
function Findings({ asset: { name } }: { readonly asset: AssetRow }) {
  const all = `asset:"${name}"`;
  const open = `is:open ${all}`;
  const facets = (filter: string) => ({
    queryKey: ['findings', 'facets', filter, false],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
      call('listFindingFacets', { search: { filter } }, { signal }),
  });
  const now = useQuery(facets(open));
  const ever = useQuery(facets(all));
  return (
    <>
      <Loaded query={now} rows={2}>
        {({ facets: { severity = [], kind = [] }, total }) =>
          total === 0 ? (
            <EmptyState icon="check" title="Nothing is open here">
              <p>As far as the last scan looked. The facts say what it looked for.</p>
            </EmptyState>
          ) : (
            <>
              <div className="grid grid-cols-6 gap-3 max-lg:grid-cols-3 max-md:grid-cols-2">
                {bySeverity(severity).map(({ value, count }) => (
                  <Stat
                    key={value}
                    label={<SeverityMark severity={severityOf(value ?? '')} />}
                    value={count.toLocaleString('en')}
                    link={(figure) => (
                      <Link to="/findings" search={{ filter: `${open} severity:${value}` }} className="hover:underline">
                        {figure}
                      </Link>
                    )}
                  />
                ))}
              </div>
              <Counts title="By kind" rows={kind} field="kind" filter={open} words={(value) => capital(value)} />
            </>
          )
        }
      </Loaded>
      <Loaded query={ever} rows={2}>
        {({ facets: { state = [] } }) => (
          <Counts title="All that was ever found" rows={state} field="state" filter={all} words={stateLabel} />
        )}
      </Loaded>
    </>
  );
}

function bySeverity<Row extends { readonly value: string | null }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted(
    (a, b) => severities.indexOf(severityOf(a.value ?? '')) - severities.indexOf(severityOf(b.value ?? '')),
  );
}

function Counts({
  title,
  rows,
  field,
  filter,
  words,
}: {
  readonly title: string;
  readonly rows: readonly { readonly value: string | null; readonly count: number }[];
  readonly field: string;
  readonly filter: string;
  readonly words: (value: string) => string;
}) {
  if (rows.length === 0) return null;
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">{title}</h2>
      <PlainTable
        label={title}
        rows={rows}
        idOf={({ value }) => value ?? ''}
        columns={[
          {
            id: 'value',
            title: capital(field),
            cell: ({ value }) => (
              <Link
                to="/findings"
                search={{ filter: `${filter} ${field}:${value}` }}
                className="text-link hover:underline"
              >
                {words(value ?? 'none')}
              </Link>
            ),
          },
          { id: 'count', title: 'Findings', align: 'right', cell: ({ count }) => count.toLocaleString('en') },
        ]}
      />
    </section>
  );
}

function Versions({ asset, rows }: { readonly asset: AssetRow; readonly rows: readonly Artifact[] }) {
  return (
    <PlainTable
      label="Versions"
      rows={rows}
      idOf={({ id }) => String(id)}
      empty="Nothing is known of what it consists of."
      columns={[
        {
          id: 'digest',
          title: 'Digest',
          cell: ({ id, digest }) => (
            <Link
              to="/inventory/$id"
              params={{ id: asset.id }}
              search={{ tab: 'packages', version: id }}
              className="font-mono text-small text-link hover:underline"
            >
              {digest.replace('sha256:', '').slice(0, 16)}
            </Link>
          ),
        },
        {
          id: 'tags',
          title: 'Tags now',
          cell: ({ tags }) => tags.join(', ') || <span className="text-faint">none</span>,
        },
        { id: 'platform', title: 'Platform', isWide: true, cell: ({ platform }) => platform ?? '' },
        { id: 'packages', title: 'Packages', align: 'right', cell: ({ packages }) => packages.toLocaleString('en') },
        { id: 'first', title: 'First seen', isWide: true, cell: ({ firstSeenAt }) => day(new Date(firstSeenAt)) },
        { id: 'last', title: 'Last scan', cell: ({ lastSeenAt }) => <Ago at={lastSeenAt} /> },
      ]}
    />
  );
}

function NoPackages() {
  return (
    <EmptyState icon="inventory" title="No list of packages">
      <p>Scans of manifests have none. A scan of the image or host brings it.</p>
    </EmptyState>
  );
}

function Facts({ asset, artifact }: { readonly asset: AssetRow; readonly artifact: Artifact | undefined }) {
  const { kind, name, teamName, ownedBy, exposure, labels, firstSeenAt, lastSeenAt } = asset;
  const distribution = new Map(Object.entries(artifact?.distribution ?? {})).get('name');
  const rows: readonly (readonly [string, ReactNode])[] = [
    [
      'Name',
      <span key="name" className="break-all">
        {name}
      </span>,
    ],
    ['Kind', capital(kind)],
    ['Owner', teamName === null ? 'nobody' : `${teamName} (${ownedBy ?? ''})`],
    ['Exposure', <ExposureMark key="exposure" exposure={exposure} />],
    ['First seen', moment(new Date(firstSeenAt))],
    ['Last scan', moment(new Date(lastSeenAt))],
    ...(artifact
      ? ([
          [
            'Digest',
            <span key="digest" className="font-mono text-small break-all">
              {artifact.digest}
            </span>,
          ],
        ] as const)
      : []),
    ...(typeof distribution === 'string' ? ([['Distribution', distribution]] as const) : []),
    ...Object.entries(labels).map(
      ([label, value]) =>
        [
          label,
          <span key={label} className="break-all">
            {value}
          </span>,
        ] as const,
    ),
  ];
  return (
    <dl className="grid grid-cols-[14rem_1fr] gap-x-4 gap-y-2 max-md:grid-cols-1">
      {rows.map(([title, value]) => (
        <div key={title} className="contents">
          <dt className="break-words text-muted">{title}</dt>
          <dd className="min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
