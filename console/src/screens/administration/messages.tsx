import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call, wordsOf } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { moment } from '../../components/duration.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Select } from '../../components/field.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Ago } from '../../components/time.tsx';
import { tell } from '../../components/toast.tsx';
import { Section } from '../../shell/page.tsx';
import { channelsQuery, notificationRulesQuery } from './names.ts';
import { administrationSectionRoute } from './route.ts';

type Message = ItemOf<'listDeliveries'>;
type State = Message['state'];

const STATES: Readonly<Record<State, { readonly label: string; readonly look: 'plain' | 'good' | 'warn' | 'bad' }>> = {
  dead: { label: 'Given up', look: 'bad' },
  waiting: { label: 'Tried again', look: 'warn' },
  gathering: { label: 'Gathering', look: 'plain' },
  delivered: { label: 'Arrived', look: 'good' },
};

/** What was sent, what came of it, and what can be sent again. */
export function Messages() {
  const { state } = administrationSectionRoute.useSearch();
  const navigate = useNavigate();
  const known = (Object.keys(STATES) as State[]).find((one) => one === state);
  const channels = useQuery(channelsQuery).data ?? [];
  const rules = useQuery(notificationRulesQuery).data ?? [];
  const [open, setOpen] = useState<Message>();
  const query = useInfiniteQuery({
    queryKey: ['deliveries', known],
    queryFn: ({ pageParam, signal }) =>
      call(
        'listDeliveries',
        { search: { limit: 50, ...(known && { state: known }), ...(pageParam !== '' && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  const channelName = (id: string) => channels.find((channel) => channel.id === id)?.name ?? id.slice(0, 8);
  return (
    <Section
      title="Messages sent"
      about="Each message with its attempts. What was given up waits here until somebody sends it again."
      actions={
        <Select
          aria-label="State"
          className="w-40"
          value={known ?? ''}
          onChange={({ target }) =>
            void navigate({
              to: '/administration/$section',
              params: { section: 'messages' },
              search: target.value === '' ? {} : { state: target.value },
            })
          }
          options={[
            { value: '', label: 'All' },
            ...Object.entries(STATES).map(([value, { label }]) => ({ value, label })),
          ]}
        />
      }
    >
      <Loaded query={query}>
        {({ pages }) => (
          <PlainTable
            label="Messages"
            rows={pages.flatMap(({ items }) => items)}
            idOf={({ id }) => id}
            empty={
              <EmptyState icon="comment" title="Nothing like that was sent">
                <p>Messages stand here as soon as a rule has something to tell.</p>
              </EmptyState>
            }
            columns={[
              { id: 'state', title: 'State', cell: (message) => <StateChip state={message.state} /> },
              {
                id: 'channel',
                title: 'To',
                cell: ({ channel }) => <span className="font-medium">{channelName(channel)}</span>,
              },
              {
                id: 'rule',
                title: 'By',
                isWide: true,
                cell: ({ rule }) =>
                  rules.find(({ id }) => id === rule)?.name ?? <span className="text-faint">a rule that is gone</span>,
              },
              {
                id: 'error',
                title: 'Fault',
                isWide: true,
                cell: ({ error }) => <span className="text-small text-bad">{error}</span>,
              },
              { id: 'attempts', title: 'Attempts', align: 'right', isWide: true, cell: ({ attempts }) => attempts },
              { id: 'at', title: 'Begun', cell: ({ createdAt }) => <Ago at={createdAt} /> },
              {
                id: 'more',
                title: <span className="sr-only">Actions</span>,
                align: 'right',
                cell: (message) => (
                  <Button look="quiet" onClick={() => setOpen(message)}>
                    Open
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {query.hasNextPage && (
        <Button className="self-center" isBusy={query.isFetching} onClick={() => void query.fetchNextPage()}>
          Older ones
        </Button>
      )}
      {open && <MessageDialog message={open} channel={channelName(open.channel)} onClose={() => setOpen(undefined)} />}
    </Section>
  );
}

function StateChip({ state }: { readonly state: State }) {
  return <Chip look={STATES[state].look}>{STATES[state].label}</Chip>;
}

function MessageDialog({
  message: { id, state },
  channel,
  onClose,
}: {
  readonly message: Message;
  readonly channel: string;
  readonly onClose: () => void;
}) {
  const query = useQuery({
    queryKey: ['deliveries', 'one', id],
    queryFn: ({ signal }) => call('getDelivery', { params: { id } }, { signal }),
  });
  const replay = useMutation({
    mutationFn: () => call('replayDelivery', { params: { id } }),
    onSuccess: () => {
      onClose();
      tell('It is sent again');
      void queryClient.invalidateQueries({ queryKey: ['deliveries'] });
    },
  });
  const canReplay = state === 'dead' || state === 'delivered';
  return (
    <Dialog
      isOpen
      width="l"
      title={`Message to ${channel}`}
      onClose={onClose}
      footer={
        canReplay && (
          <>
            {replay.error && <p className="mr-auto text-bad">{wordsOf(replay.error)}</p>}
            <Button look="primary" icon="refresh" isBusy={replay.isPending} onClick={() => replay.mutate()}>
              Send again
            </Button>
          </>
        )
      }
    >
      <Loaded query={query}>
        {({ events, eventCount, attemptLog }) => (
          <div className="flex flex-col gap-4">
            <div>
              <h3 className="mb-1 font-semibold">What it tells</h3>
              <ul className="flex flex-col gap-1">
                {events.map(({ id: event, kind, title, at }) => (
                  <li key={event} className="break-words">
                    {title}{' '}
                    <span className="text-small text-muted">
                      {kind}, <Ago at={at} />
                    </span>
                  </li>
                ))}
              </ul>
              {eventCount > events.length && <p className="text-muted">and {eventCount - events.length} more</p>}
            </div>
            <div>
              <h3 className="mb-1 font-semibold">Attempts</h3>
              <PlainTable
                label="Attempts"
                rows={attemptLog.map((one, index) => ({ ...one, index }))}
                idOf={({ index }) => String(index)}
                empty="Not tried yet."
                columns={[
                  { id: 'at', title: 'When', cell: ({ at }) => moment(new Date(at)) },
                  { id: 'outcome', title: 'Outcome', cell: ({ outcome }) => outcome },
                  { id: 'error', title: 'Fault', cell: ({ error }) => error },
                ]}
              />
            </div>
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}
