import { useState } from 'react';
import { address } from '../../api/api.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuSeparator } from '../../components/menu.tsx';
import type { FindingSort } from './data.ts';
import { SaveViewDialog } from './dialogs/save-view.tsx';
import { QueryBar } from './query-bar.tsx';
import type { FindingsState } from './state.ts';
import { ViewMenu } from './views.tsx';

/** The filter, and how what it finds is shown. */
export function Toolbar({ state }: { readonly state: FindingsState }) {
  const { filter, sort, search, pinned } = state;
  const [isSaving, setSaving] = useState(false);
  return (
    <div className="flex shrink-0 flex-wrap items-start gap-1.5 border-b border-line px-4 py-2 max-md:px-3">
      <IconButton
        icon="facets"
        label="Facets"
        shortcut="f"
        onClick={state.toggleFacets}
        className="border border-line"
      />
      <QueryBar filter={filter} fault={state.fault} input={state.input} onApply={state.setFilter} />
      <div className="flex items-center gap-1.5 max-md:flex-1 max-md:justify-end">
        <ViewMenu
          current={search.view}
          pinned={pinned}
          onPin={state.pin}
          onOpen={state.setView}
          onOpenFilter={state.setFilter}
          onSave={() => setSaving(true)}
        />
        <ShowMenu state={state} />
        <ExportMenu filter={filter} />
      </div>
      {isSaving && (
        <SaveViewDialog
          filter={filter}
          sort={sort}
          columns={state.chosen}
          onSaved={(view) => state.change({ view })}
          onClose={() => setSaving(false)}
        />
      )}
    </div>
  );
}

function ExportMenu({ filter }: { readonly filter: string }) {
  return (
    <Menu
      trigger={
        <Button icon="download" className="max-md:px-2">
          <span className="max-md:sr-only">Export</span>
        </Button>
      }
    >
      <MenuLabel>Everything that the filter finds</MenuLabel>
      {(['csv', 'json'] as const).map((format) => (
        <MenuItem
          key={format}
          onSelect={() => location.assign(address('exportFindings', { search: { filter, format } }))}
        >
          {format.toUpperCase()}
        </MenuItem>
      ))}
    </Menu>
  );
}

const SORTS: readonly { readonly value: FindingSort; readonly label: string }[] = [
  { value: 'rank', label: 'Most urgent first' },
  { value: 'severity', label: 'Worst first' },
  { value: 'due', label: 'Soonest due first' },
  { value: '-seen', label: 'Newest first' },
  { value: 'seen', label: 'Oldest first' },
];

function ShowMenu({ state }: { readonly state: FindingsState }) {
  const { columns, chosen, preferences, setPreferences, sort } = state;
  const choose = (id: string, isChosen: boolean) =>
    setPreferences({
      columns: columns.map((column) => column.id).filter((one) => (one === id ? isChosen : chosen.includes(one))),
    });
  return (
    <Menu
      trigger={
        <Button icon="columns" className="max-md:px-2">
          <span className="max-md:sr-only">Show</span>
        </Button>
      }
    >
      <MenuLabel>Order</MenuLabel>
      {SORTS.map(({ value, label }) => (
        <MenuItem key={value} {...(value === sort && { icon: 'check' as const })} onSelect={() => state.setSort(value)}>
          {label}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuLabel>Rows</MenuLabel>
      {(['compact', 'comfortable'] as const).map((density) => (
        <MenuItem
          key={density}
          {...(density === preferences.density && { icon: 'check' as const })}
          onSelect={() => setPreferences({ density })}
        >
          {density === 'compact' ? 'Compact' : 'Comfortable'}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuLabel>Columns</MenuLabel>
      {columns.map(({ id, name }) => (
        <MenuCheck key={id} isChecked={chosen.includes(id)} onChange={(isChosen) => choose(id, isChosen)}>
          {name}
        </MenuCheck>
      ))}
    </Menu>
  );
}
