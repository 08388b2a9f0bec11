import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, wordsOf } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { useMe } from '../../api/me.ts';
import { queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Icon } from '../../components/icon.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../../components/menu.tsx';
import { tell } from '../../components/toast.tsx';
import { viewsQuery } from './data.ts';

export type View = ItemOf<'listViews'>;

const KEY = 'plimsoll.pinned-views';

/** Ids of the views that this browser shows above the list. */
export function usePinned(): readonly [ReadonlySet<string>, (id: string) => void] {
  const [pinned, setPinned] = useState(readPinned);
  return [
    pinned,
    (id) => {
      const next = new Set(pinned);
      if (!next.delete(id)) next.add(id);
      setPinned(next);
      try {
        localStorage.setItem(KEY, [...next].join(','));
      } catch {
        // It holds until the page is left.
      }
    },
  ];
}

function readPinned(): ReadonlySet<string> {
  try {
    return new Set(localStorage.getItem(KEY)?.split(',') ?? []);
  } catch {
    return new Set();
  }
}

async function remove({ id, name, filter, sort, columns, team }: View): Promise<void> {
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['views'] });
  const addAgain = () =>
    void call('addView', { body: { name, filter, sort, columns: [...columns], team } })
      .then(refresh)
      .catch((error: unknown) => tell(wordsOf(error), { look: 'failed' }));
  try {
    await call('removeView', { params: { id } });
    tell(`Removed the view ${name}`, { undo: addAgain });
  } catch (error) {
    tell(wordsOf(error), { look: 'failed' });
  }
  await refresh();
}

/** Views that everybody has; the saved ones come below. */
const BUILT_IN = [
  { name: 'Open', filter: 'is:open' },
  { name: 'Mine', filter: 'is:open assignee:me' },
  { name: 'Overdue', filter: 'is:overdue' },
  { name: 'Exploited', filter: 'is:open is:exploited' },
  { name: 'New this week', filter: 'is:open seen>7d' },
  { name: 'Nobody owns', filter: 'is:open team:none' },
  { name: 'Fixed this month', filter: 'fixed>30d' },
] as const;

export function ViewMenu({
  current,
  pinned,
  onPin,
  onOpen,
  onOpenFilter,
  onSave,
}: {
  readonly current: string | undefined;
  readonly pinned: ReadonlySet<string>;
  readonly onPin: (id: string) => void;
  readonly onOpen: (view: View) => void;
  readonly onOpenFilter: (filter: string) => void;
  readonly onSave: () => void;
}) {
  const me = useMe();
  const views = useQuery(viewsQuery).data?.items ?? [];
  const shown = views.find(({ id }) => id === current);
  const teamOf = (view: View) => me.teams.find(({ id }) => id === view.team)?.name;
  return (
    <Menu
      trigger={
        <Button icon="star">
          <span className="max-w-40 truncate">{shown?.name ?? 'Views'}</span>
        </Button>
      }
    >
      {BUILT_IN.map(({ name, filter }) => (
        <MenuItem key={name} onSelect={() => onOpenFilter(filter)}>
          {name}
        </MenuItem>
      ))}
      {views.length > 0 && <MenuLabel>Saved</MenuLabel>}
      {views.map((view) => (
        <MenuItem key={view.id} {...(pinned.has(view.id) && { icon: 'star' as const })} onSelect={() => onOpen(view)}>
          {view.name} <span className="text-small text-faint">{teamOf(view)}</span>
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon="plus" onSelect={onSave}>
        Save this view
      </MenuItem>
      {shown && (
        <>
          <MenuItem icon="star" onSelect={() => onPin(shown.id)}>
            {pinned.has(shown.id) ? `Unpin ${shown.name}` : `Pin ${shown.name}`}
          </MenuItem>
          <MenuItem icon="trash" isDanger onSelect={() => void remove(shown)}>
            Remove {shown.name}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

/** Pinned views, one touch away. */
export function PinnedViews({
  current,
  pinned,
  onOpen,
}: {
  readonly current: string | undefined;
  readonly pinned: ReadonlySet<string>;
  readonly onOpen: (view: View) => void;
}) {
  const views = useQuery(viewsQuery).data?.items.filter(({ id }) => pinned.has(id)) ?? [];
  if (views.length === 0) return null;
  return (
    <nav aria-label="Pinned views" className="flex shrink-0 gap-1 overflow-x-auto border-b border-line px-4 py-1.5">
      {views.map((view) => (
        <button
          key={view.id}
          type="button"
          aria-current={view.id === current || undefined}
          onClick={() => onOpen(view)}
          className={classNames(
            'flex h-7 items-center gap-1.5 rounded-m px-2 whitespace-nowrap hover:bg-hover max-md:h-10',
            view.id === current ? 'bg-selected text-ink' : 'text-muted',
          )}
        >
          <Icon name="star" className="size-3.5" />
          {view.name}
        </button>
      ))}
    </nav>
  );
}
