import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/api.ts';
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
import { AddRule } from './add-rule.tsx';
import { channelsQuery, notificationRulesQuery, useTeamName } from './names.ts';

type Rule = ItemOf<'listNotificationRules'>;

/** What goes to which channel, together with what, and when. */
export function NotificationRules() {
  const query = useQuery(notificationRulesQuery);
  const channels = useQuery(channelsQuery).data ?? [];
  const teamName = useTeamName();
  const [isAdding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<Rule>();
  return (
    <Section
      title="Rules"
      about="Which events go to which channel, gathered by what, and when. A rule of a team sees what the team owns."
      actions={
        <Button icon="plus" disabled={channels.length === 0} onClick={() => setAdding(true)}>
          Add
        </Button>
      }
    >
      <Loaded query={query}>
        {(rules) => (
          <PlainTable
            label="Rules"
            rows={rules}
            idOf={({ id }) => id}
            empty={
              <EmptyState icon="comment" title="No rules yet">
                <p>
                  {channels.length === 0
                    ? 'Add a channel first: a rule says what goes to it.'
                    : 'Add a rule: the critical ones at once, the others once a day, is a good start.'}
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
              {
                id: 'channel',
                title: 'To',
                cell: ({ channel }) => channels.find(({ id }) => id === channel)?.name ?? 'a channel that is not yours',
              },
              {
                id: 'filter',
                title: 'What',
                isWide: true,
                cell: (rule) => <span className="text-small">{filterWords(rule)}</span>,
              },
              { id: 'team', title: 'Of', isWide: true, cell: ({ team }) => (team ? teamName(team) : 'everybody') },
              {
                id: 'when',
                title: 'When',
                isWide: true,
                cell: (rule) => <span className="text-small">{whenWords(rule)}</span>,
              },
              {
                id: 'more',
                title: <span className="sr-only">Actions</span>,
                align: 'right',
                cell: (rule) => <RuleMenu rule={rule} onRemove={setRemoved} />,
              },
            ]}
          />
        )}
      </Loaded>
      {isAdding && <AddRule onClose={() => setAdding(false)} />}
      {removed && (
        <FormDialog
          title="Remove the rule?"
          about={`${removed.name}. Nothing more goes out by it.`}
          verb="Remove"
          isDanger
          done="Rule removed"
          changes={['notification-rules']}
          run={() => call('removeNotificationRule', { params: { id: removed.id } })}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </Section>
  );
}

function filterWords({ filter: { events, severities: wanted, findingKinds } }: Rule): string {
  const what =
    events.length === 0 ? 'every event' : events.length > 2 ? `${events.length} kinds of events` : events.join(', ');
  return [what, wanted.join(' or '), findingKinds.join(', ')].filter((part) => part !== '').join('; ');
}

function whenWords({ schedule, quietHours, grouping, timeZone }: Rule): string {
  const at =
    schedule.kind === 'daily' ? `each day at ${schedule.at}` : schedule.kind === 'hourly' ? 'each hour' : 'at once';
  const quiet = quietHours ? `, not ${quietHours.from} to ${quietHours.to}` : '';
  return `${at}${quiet}${schedule.kind === 'daily' || quietHours ? ` (${timeZone})` : ''}, by ${grouping}`;
}

function RuleMenu({ rule, onRemove }: { readonly rule: Rule; readonly onRemove: (rule: Rule) => void }) {
  const { id, name, enabled } = rule;
  const flip = async (to: boolean) => {
    await call('changeNotificationRule', { params: { id }, body: { enabled: to } });
    void queryClient.invalidateQueries({ queryKey: ['notification-rules'] });
    tell(`${name} is switched ${to ? 'on' : 'off'}`, { undo: () => void flip(!to) });
  };
  return (
    <Menu trigger={<IconButton icon="more" label={`Actions for ${name}`} />}>
      <MenuItem onSelect={() => void flip(!enabled)}>{enabled ? 'Switch off' : 'Switch on'}</MenuItem>
      <MenuSeparator />
      <MenuItem icon="trash" isDanger onSelect={() => onRemove(rule)}>
        Remove
      </MenuItem>
    </Menu>
  );
}
