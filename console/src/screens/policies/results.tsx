import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { call } from '../../api/api.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Select } from '../../components/field.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Ago } from '../../components/time.tsx';
import { Section } from '../../shell/page.tsx';
import { policiesRoute } from './route.ts';
import type { Outcome } from './search.ts';

const OUTCOMES: Readonly<
  Record<Outcome, { readonly label: string; readonly look: 'bad' | 'warn' | 'good' | 'plain' }>
> = {
  denied: { label: 'Denied', look: 'bad' },
  warned: { label: 'Warned', look: 'warn' },
  allowed: { label: 'Let through', look: 'good' },
  'not-decided': { label: 'Not decided', look: 'plain' },
};

/** What policies said of each asset at its last scan with some. */
export function Results() {
  const { outcome } = policiesRoute.useSearch();
  const navigate = useNavigate();
  const query = useInfiniteQuery({
    queryKey: ['policy-verdicts', outcome],
    queryFn: ({ pageParam, signal }) =>
      call(
        'listPolicyVerdicts',
        { search: { limit: 50, ...(outcome && { outcome }), ...(pageParam !== '' && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-6 px-5 py-5 max-md:px-4">
      <Section
        title="Results"
        about="Of each asset, when it was last scanned with policies."
        actions={
          <Select
            aria-label="Outcome"
            className="w-40"
            value={outcome ?? ''}
            onChange={({ target }) =>
              void navigate({
                to: '/policies',
                search: { tab: 'results', ...(target.value !== '' && { outcome: target.value as Outcome }) },
              })
            }
            options={[
              { value: '', label: 'All' },
              ...Object.entries(OUTCOMES).map(([value, { label }]) => ({ value, label })),
            ]}
          />
        }
      >
        <Loaded query={query}>
          {({ pages }) => (
            <PlainTable
              label="Results"
              rows={pages.flatMap(({ items }) => items)}
              idOf={({ asset }) => asset.id}
              empty={
                <EmptyState icon="policies" title="No scan with policies yet">
                  <p>Name the server in a scan, and what it says is kept here:</p>
                  <CodeBlock
                    label="A scan with policies"
                    code={`plimsoll scan IMAGE --policy build-gate --upload ${window.location.origin}`}
                  />
                </EmptyState>
              }
              columns={[
                {
                  id: 'asset',
                  title: 'Asset',
                  cell: ({ asset }) => (
                    <Link to="/inventory/$id" params={{ id: asset.id }} className="break-all text-link hover:underline">
                      {asset.name}
                    </Link>
                  ),
                },
                {
                  id: 'outcome',
                  title: 'Outcome',
                  cell: ({ verdict }) =>
                    verdict ? (
                      <Chip look={OUTCOMES[verdict.outcome].look}>{OUTCOMES[verdict.outcome].label}</Chip>
                    ) : (
                      'in a form that this version does not read'
                    ),
                },
                {
                  id: 'failed',
                  title: 'By',
                  isWide: true,
                  cell: ({ verdict }) =>
                    verdict?.policies
                      .filter(({ failed }) => failed > 0)
                      .map(({ title }) => title)
                      .join(', '),
                },
                { id: 'at', title: 'When', cell: ({ createdAt }) => <Ago at={createdAt} /> },
              ]}
            />
          )}
        </Loaded>
        {query.hasNextPage && (
          <Button className="self-center" isBusy={query.isFetching} onClick={() => void query.fetchNextPage()}>
            More
          </Button>
        )}
      </Section>
    </div>
  );
}
