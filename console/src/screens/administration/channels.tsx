import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, wordsOf } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { queryClient } from '../../api/queries.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { tell } from '../../components/toast.tsx';
import { Section } from '../../shell/page.tsx';
import { DestinationDialog } from './destination-dialog.tsx';
import { channelsQuery, useTeamName } from './names.ts';

type Channel = ItemOf<'listChannels'>;

/** Where messages go. */
export function Channels() {
  const teamName = useTeamName();
  const query = useQuery(channelsQuery);
  const kinds = useQuery({ queryKey: ['channel-kinds'], queryFn: () => call('listChannelKinds') }).data?.items ?? [];
  const [isAdding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<Channel>();
  return (
    <Section
      title="Channels"
      about="Where messages go. Which events go to which channel is said by rules."
      actions={
        <Button icon="plus" onClick={() => setAdding(true)}>
          Add
        </Button>
      }
    >
      <Loaded query={query}>
        {(channels) => (
          <PlainTable
            label="Channels"
            rows={channels.toSorted((a, b) => a.name.localeCompare(b.name))}
            idOf={({ id }) => id}
            empty={
              <EmptyState icon="comment" title="Nobody is told of anything yet">
                <p>
                  Add a channel (mail, Slack, Teams, a webhook, …), test it, then add a rule that says what goes there.
                </p>
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
              { id: 'settings', title: 'Settings', isWide: true, cell: (channel) => <Settings {...channel} /> },
              {
                id: 'more',
                title: <span className="sr-only">Actions</span>,
                align: 'right',
                cell: (channel) => <Actions channel={channel} onRemove={setRemoved} />,
              },
            ]}
          />
        )}
      </Loaded>
      {isAdding && (
        <DestinationDialog
          title="Add a channel"
          kinds={kinds}
          changes={['channels']}
          add={(body) => call('addChannel', { body })}
          onClose={() => setAdding(false)}
        />
      )}
      {removed && (
        <FormDialog
          title="Remove the channel?"
          about={
            <>
              <strong>{removed.name}</strong>. Its rules and the log of its messages go with it.
            </>
          }
          verb="Remove"
          isDanger
          done="Channel removed"
          changes={['channels', 'notification-rules', 'deliveries']}
          run={() => call('removeChannel', { params: { id: removed.id } })}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </Section>
  );
}

export function Settings({
  settings,
  secrets,
}: {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: readonly string[];
}) {
  const shown = Object.entries(settings).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' || Array.isArray(value) ? [`${name} ${String(value)}`] : [],
  );
  return (
    <span className="text-small text-muted">{[...shown, ...secrets.map((name) => `${name} (sealed)`)].join(', ')}</span>
  );
}

function Actions({ channel, onRemove }: { readonly channel: Channel; readonly onRemove: (channel: Channel) => void }) {
  const { id, name, enabled } = channel;
  const test = useMutation({
    mutationFn: () => call('testChannel', { params: { id } }),
    onSuccess: ({ outcome, error }) =>
      outcome === 'delivered'
        ? tell(`A test message arrived at ${name}`)
        : tell(`${name}: ${error ?? 'it did not arrive'}`, { look: 'failed' }),
    onError: (error) => tell(wordsOf(error), { look: 'failed' }),
  });
  const flip = async (to: boolean) => {
    await call('changeChannel', { params: { id }, body: { enabled: to } });
    void queryClient.invalidateQueries({ queryKey: ['channels'] });
    tell(`${name} is switched ${to ? 'on' : 'off'}`, { undo: () => void flip(!to) });
  };
  return (
    <span className="inline-flex items-center gap-1">
      <Button isBusy={test.isPending} onClick={() => test.mutate()}>
        Test
      </Button>
      <Menu trigger={<IconButton icon="more" label={`Actions for ${name}`} />}>
        <MenuItem onSelect={() => void flip(!enabled)}>{enabled ? 'Switch off' : 'Switch on'}</MenuItem>
        <MenuSeparator />
        <MenuItem icon="trash" isDanger onSelect={() => onRemove(channel)}>
          Remove
        </MenuItem>
      </Menu>
    </span>
  );
}
