import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call, wordsOf } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { moment } from '../../components/duration.ts';
import { Select } from '../../components/field.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Section } from '../../shell/page.tsx';
import { administrationSectionRoute } from './route.ts';

const ACTIONS = [
  ['', 'Everything'],
  ['report.', 'Reports'],
  ['finding.', 'Findings'],
  ['exception', 'Exceptions'],
  ['account.', 'Accounts'],
  ['session.', 'Sign-ins'],
  ['grant.', 'Rights'],
  ['token.', 'Tokens'],
  ['channel.', 'Channels'],
] as const;

/** Who changed what, in a chain that shows when somebody has altered it. */
export function AuditLog() {
  const { action } = administrationSectionRoute.useSearch();
  const navigate = useNavigate();
  const query = useInfiniteQuery({
    queryKey: ['audit', action],
    queryFn: ({ pageParam, signal }) =>
      call(
        'listAuditEntries',
        {
          search: {
            limit: 100,
            ...(action !== undefined && { action }),
            ...(pageParam !== '' && { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  return (
    <Section
      title="Audit log"
      about="Who changed what. Every entry carries the hash of the one before: what is taken out or altered shows."
      actions={
        <span className="flex flex-wrap gap-2">
          <Select
            aria-label="Actions"
            className="w-40"
            value={action ?? ''}
            onChange={({ target }) =>
              void navigate({
                to: '/administration/$section',
                params: { section: 'audit' },
                search: target.value === '' ? {} : { action: target.value },
              })
            }
            options={ACTIONS.map(([value, label]) => ({ value, label }))}
          />
          <Verify />
        </span>
      }
    >
      <Loaded query={query}>
        {({ pages }) => (
          <PlainTable
            label="Audit log"
            rows={pages.flatMap(({ items }) => items)}
            idOf={({ seq }) => String(seq)}
            empty="Nothing of that kind was done."
            columns={[
              {
                id: 'seq',
                title: '#',
                align: 'right',
                isWide: true,
                cell: ({ seq }) => <span className="text-muted">{seq}</span>,
              },
              {
                id: 'at',
                title: 'When',
                cell: ({ at }) => <span className="whitespace-nowrap">{moment(new Date(at))}</span>,
              },
              { id: 'who', title: 'Who', cell: ({ actorName }) => <span className="font-medium">{actorName}</span> },
              {
                id: 'action',
                title: 'Did',
                cell: ({ action: did }) => <span className="font-mono text-small">{did}</span>,
              },
              { id: 'details', title: 'What', isWide: true, cell: (entry) => <Details entry={entry} /> },
            ]}
          />
        )}
      </Loaded>
      {query.hasNextPage && (
        <Button className="self-center" isBusy={query.isFetching} onClick={() => void query.fetchNextPage()}>
          Older ones
        </Button>
      )}
    </Section>
  );
}

const SHOWN = 160;

function Details({ entry: { subject, details } }: { readonly entry: ItemOf<'listAuditEntries'> }) {
  const text = Object.entries(details)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
  const whole = text === '' ? subject : `${subject}. ${text}`;
  if (whole.length <= SHOWN) return <span className="text-small break-words text-muted">{whole}</span>;
  return (
    <details className="text-small text-muted">
      <summary className="cursor-pointer">{whole.slice(0, SHOWN)}…</summary>
      <p className="break-words">{whole.slice(SHOWN)}</p>
    </details>
  );
}

function Verify() {
  const verify = useMutation({ mutationFn: () => call('verifyAudit') });
  return (
    <span className="flex items-center gap-2" role="status">
      {verify.data &&
        (verify.data.brokenAt === undefined ? (
          <Chip look="good">All {verify.data.entries.toLocaleString('en')} entries are as they were written</Chip>
        ) : (
          <Chip look="bad">Altered at entry {verify.data.brokenAt}</Chip>
        ))}
      {verify.error && <Chip look="bad">{wordsOf(verify.error)}</Chip>}
      <Button isBusy={verify.isPending} onClick={() => verify.mutate()}>
        Verify
      </Button>
    </span>
  );
}
