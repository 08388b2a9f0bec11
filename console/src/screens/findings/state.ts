import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { ApiProblem } from '../../api/client.ts';
import { useMe } from '../../api/me.ts';
import { useMedia } from '../../components/media.ts';
import { useActions } from './actions.ts';
import { columnsFor } from './columns.tsx';
import { type FindingSort, useRows } from './data.ts';
import { useFindingKeys } from './keys.ts';
import { usePreferences } from './preferences.ts';
import { findingsRoute } from './route.ts';
import { DEFAULT_FILTER, type FindingsSearch, sortOf } from './search.ts';
import { useSelection } from './selection.ts';
import { usePinned, type View } from './views.tsx';

/** Left out while a story takes their room. */
const HIDDEN_BESIDE: ReadonlySet<string> = new Set([
  'rule',
  'team',
  'state',
  'rank',
  'seen',
  'kind',
  'subject',
  'assignee',
]);

/** The address of the screen, and ways to change it. */
function useAddress() {
  const search = findingsRoute.useSearch();
  const navigate = useNavigate();
  const set = (next: FindingsSearch, replace = false) => void navigate({ to: '/findings', search: next, replace });
  const { open: _, view: __, ...rest } = search;
  return {
    search,
    filter: search.filter ?? DEFAULT_FILTER,
    sort: sortOf(search.sort),
    change: (change: Partial<FindingsSearch>, replace = false) => set({ ...search, ...change }, replace),
    setFilter: (filter: string) => set({ ...rest, filter }),
    setView: ({ id, filter, sort }: View) => set({ filter, sort, view: id }),
    closeStory: () => set({ ...rest, ...(search.view !== undefined && { view: search.view }) }),
  };
}

/** All that the screen knows and does. */
export function useFindingsScreen() {
  const me = useMe();
  const address = useAddress();
  const { search, filter, sort } = address;
  const rows = useRows(filter, sort);
  const [cursor, setCursor] = useState(0);
  const selection = useSelection(rows.rowAt);
  const doing = useActions();
  const [preferences, setPreferences] = usePreferences();
  const [pinned, pin] = usePinned();
  const [hasFacetSheet, setFacetSheet] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const isNarrow = useMedia('(max-width: 767px)');
  const isWide = useMedia('(min-width: 1680px)');

  const isBeside = search.open !== undefined;
  const current = rows.rowAt(cursor);
  const moveTo = (index: number) => {
    setCursor(index);
    const row = rows.rowAt(index);
    // The story walks along with the list, without a step back for each row.
    if (isBeside && row !== undefined) address.change({ open: row.id }, true);
  };
  const startOver = () => {
    setCursor(0);
    selection.clear();
  };
  const toggleFacets = () => (isNarrow ? setFacetSheet(true) : setPreferences({ hasFacets: !preferences.hasFacets }));
  useFindingKeys({
    cursor,
    count: rows.count,
    moveTo,
    aimed: selection.findings.length > 0 ? selection.findings : current ? [current] : [],
    actions: doing.actions,
    input,
    onOpen: () => current && address.change({ open: current.id }),
    onSelect: () => current && selection.toggle(current, cursor, false),
    onFacets: toggleFacets,
    onEscape: () => (selection.ids.size > 0 ? selection.clear() : isBeside && address.closeStory()),
  });

  const columns = columnsFor(me.id, isBeside);
  const chosen = preferences.columns ?? columns.filter(({ isShown }) => isShown).map(({ id }) => id);
  const isFault = rows.error instanceof ApiProblem && rows.error.code === 'invalid-filter';
  return {
    ...address,
    ...doing,
    rows,
    cursor,
    current,
    selection,
    preferences,
    setPreferences,
    pinned,
    pin,
    hasFacetSheet,
    setFacetSheet,
    input,
    isNarrow,
    moveTo,
    toggleFacets,
    columns,
    chosen,
    shownColumns: columns.filter(({ id }) => chosen.includes(id) && !(isBeside && HIDDEN_BESIDE.has(id))),
    fault: isFault ? rows.error?.message : undefined,
    hasRail: preferences.hasFacets && !isNarrow && (isWide || !isBeside),
    setFilter: (next: string) => {
      startOver();
      address.setFilter(next);
    },
    setView: (view: View) => {
      startOver();
      if (view.columns.length > 0) setPreferences({ columns: view.columns });
      address.setView(view);
    },
    setSort: (next: FindingSort) => {
      startOver();
      address.change({ sort: next });
    },
  };
}

export type FindingsState = ReturnType<typeof useFindingsScreen>;
