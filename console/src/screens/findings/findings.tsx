import { useQuery } from '@tanstack/react-query';
import { DataTable } from '../../components/data-table.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Failure } from '../../components/failure.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { Page } from '../../shell/page.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { FindingCard } from './columns.tsx';
import { countQuery } from './data.ts';
import { ActionDialogs } from './dialogs/action-dialogs.tsx';
import { NoFindings } from './empty.tsx';
import { FindingFacets } from './facets.tsx';
import { NewFindings } from './new-findings.tsx';
import { sortOf } from './search.ts';
import { type FindingsState, useFindingsScreen } from './state.ts';
import { Story } from './story/story.tsx';
import { Toolbar } from './toolbar.tsx';
import { PinnedViews } from './views.tsx';

/** One table for everything that is wrong: facets, the rows of the filter, and the story of the one that is open. */
export function Findings() {
  const state = useFindingsScreen();
  const { search, filter, rows, current, selection, actions, asking } = state;
  return (
    <Page title="Findings" about={<Count filter={filter} />}>
      <Toolbar state={state} />
      <PinnedViews current={search.view} pinned={state.pinned} onOpen={state.setView} />
      <div className="flex min-h-0 flex-1">
        {state.hasRail && (
          <aside aria-label="Facets" className="w-56 shrink-0 overflow-y-auto border-r border-line">
            <FindingFacets filter={filter} onFilter={state.setFilter} />
          </aside>
        )}
        <div className="relative flex min-w-0 flex-1 flex-col">
          <NewFindings onShow={rows.refresh} />
          <Rows state={state} />
          {selection.ids.size > 0 && (
            <BulkBar findings={selection.findings} actions={actions} onClear={selection.clear} />
          )}
        </div>
        {search.open !== undefined && (
          <Story
            key={search.open}
            id={search.open}
            row={current?.id === search.open ? current : undefined}
            actions={actions}
            onClose={state.closeStory}
          />
        )}
      </div>
      <ActionDialogs asking={asking} onClose={state.close} />
      <Dialog isOpen={state.hasFacetSheet} onClose={() => state.setFacetSheet(false)} title="Facets">
        <FindingFacets filter={filter} onFilter={state.setFilter} />
      </Dialog>
    </Page>
  );
}

function Rows({ state }: { readonly state: FindingsState }) {
  const { rows, fault, sort, selection, search } = state;
  if (rows.error && fault === undefined) return <Failure error={rows.error} onRetry={rows.refresh} />;
  if (rows.isLoading) return <SkeletonRows rows={18} />;
  if (rows.count === 0)
    return <NoFindings filter={state.filter} isFault={fault !== undefined} onFilter={state.setFilter} />;
  return (
    <DataTable
      label="Findings"
      columns={state.shownColumns}
      count={rows.count}
      rowAt={rows.rowAt}
      idOf={({ id }) => id}
      onReach={rows.onReach}
      density={state.preferences.density}
      cursor={state.cursor}
      onCursor={state.moveTo}
      onOpen={({ id }) => state.change({ open: id })}
      openId={search.open}
      selected={selection.ids}
      onSelect={selection.toggle}
      sort={{ by: sort.replace('-', ''), isReversed: sort.startsWith('-') }}
      onSort={(by) => state.setSort(sortOf(sort === by ? `-${by}` : by))}
      isNarrow={state.isNarrow}
      card={(finding) => <FindingCard finding={finding} isSelected={selection.ids.has(finding.id)} />}
    />
  );
}

function Count({ filter }: { readonly filter: string }) {
  const counted = useQuery(countQuery(filter)).data;
  if (counted === undefined) return null;
  return <span aria-live="polite">{counted.isMore ? 'more than 10,000' : counted.count.toLocaleString('en')}</span>;
}
