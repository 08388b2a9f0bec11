import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { all, call } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { collect } from '../../api/lists.ts';
import { queryClient } from '../../api/queries.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Ago } from '../../components/time.tsx';
import { tell } from '../../components/toast.tsx';
import { Section } from '../../shell/page.tsx';
import { Settings } from './channels.tsx';
import { DestinationDialog } from './destination-dialog.tsx';
import { useTeamName } from './names.ts';

type Tracker = ItemOf<'listTrackers'>;

/** Where people plan their work: tickets of findings are made there and kept up with. */
export function Trackers() {
  const teamName = useTeamName();
  const query = useQuery({ queryKey: ['trackers'], queryFn: () => collect(all('listTrackers')) });
  const kinds = useQuery({ queryKey: ['tracker-kinds'], queryFn: () => call('listTrackerKinds') }).data?.items ?? [];
  const [isAdding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<Tracker>();
  return (
    <Section
      title="Ticket trackers"
      about="Findings become tickets there, and their states follow each other both ways."
      actions={
        <Button icon="plus" onClick={() => setAdding(true)}>
          Add
        </Button>
      }
    >
      <Loaded query={query}>
        {(trackers) => (
          <PlainTable
            label="Trackers"
            rows={trackers}
            idOf={({ id }) => id}
            empty={
              <EmptyState icon="external" title="No tracker yet">
                <p>Add Jira or GitHub issues, and every finding can be made a ticket in one step.</p>
              </EmptyState>
            }
            columns={[
              {
                id: 'name',
                title: 'Name',
                cell: ({ name, enabled }) => (
                  <span className="flex flex-wrap items-center gap-2">
                    <span className="font-medium">{name}</span>
                    {!enabled && <Chip>switched off</Chip>}
                  </span>
                ),
              },
              { id: 'kind', title: 'Kind', cell: ({ kind }) => kinds.find(({ id }) => id === kind)?.title ?? kind },
              { id: 'team', title: 'For', isWide: true, cell: ({ team }) => (team ? teamName(team) : 'everybody') },
              { id: 'settings', title: 'Settings', isWide: true, cell: (tracker) => <Settings {...tracker} /> },
              {
                id: 'asked',
                title: 'Asked',
                cell: ({ polledAt, error }) =>
                  error ? <span className="text-small text-bad">{error}</span> : <Ago at={polledAt} />,
              },
              {
                id: 'more',
                title: <span className="sr-only">Actions</span>,
                align: 'right',
                cell: (tracker) => <TrackerMenu tracker={tracker} onRemove={setRemoved} />,
              },
            ]}
          />
        )}
      </Loaded>
      {isAdding && (
        <DestinationDialog
          title="Add a tracker"
          kinds={kinds}
          changes={['trackers']}
          add={(body) => call('addTracker', { body })}
          onClose={() => setAdding(false)}
        />
      )}
      {removed && (
        <FormDialog
          title="Remove the tracker?"
          about={`${removed.name}. Tickets stay there and are no longer kept up with here.`}
          verb="Remove"
          isDanger
          done="Tracker removed"
          changes={['trackers', 'tickets']}
          run={() => call('removeTracker', { params: { id: removed.id } })}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </Section>
  );
}

function TrackerMenu({ tracker, onRemove }: { readonly tracker: Tracker; readonly onRemove: (one: Tracker) => void }) {
  const { id, name, enabled } = tracker;
  const flip = async (to: boolean) => {
    await call('changeTracker', { params: { id }, body: { enabled: to } });
    void queryClient.invalidateQueries({ queryKey: ['trackers'] });
    tell(`${name} is switched ${to ? 'on' : 'off'}`, { undo: () => void flip(!to) });
  };
  return (
    <Menu trigger={<IconButton icon="more" label={`Actions for ${name}`} />}>
      <MenuItem onSelect={() => void flip(!enabled)}>{enabled ? 'Switch off' : 'Switch on'}</MenuItem>
      <MenuSeparator />
      <MenuItem icon="trash" isDanger onSelect={() => onRemove(tracker)}>
        Remove
      </MenuItem>
    </Menu>
  );
}
