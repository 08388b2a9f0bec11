import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type RefObject, useRef } from 'react';
import { useLive } from '../../api/live.ts';
import { useMe } from '../../api/me.ts';
import { queryClient } from '../../api/queries.ts';
import { Segmented } from '../../components/button.tsx';
import { Stat } from '../../components/stat.tsx';
import { Page, PageBody } from '../../shell/page.tsx';
import { useShortcuts } from '../../shell/shortcuts.ts';
import { countQuery } from '../findings/data.ts';
import { NoReportYet, useHasFindings } from '../findings/empty.tsx';
import { Approvals } from './approvals.tsx';
import { Group } from './group.tsx';
import { type InboxGroup, inboxGroups } from './groups.ts';
import { inboxRoute } from './route.ts';
import type { Audience } from './search.ts';

const REFRESH_MS = 3000;

const LOOKS: ReadonlyMap<string, 'bad' | 'warn'> = new Map([
  ['overdue', 'bad'],
  ['due', 'warn'],
] as const);

/** What waits for somebody today: theirs, their teams', or all that they see. */
export function Inbox() {
  const me = useMe();
  const navigate = useNavigate();
  const teams = me.teams.map(({ name }) => name);
  const audience = inboxRoute.useSearch().of ?? (teams.length > 0 ? 'teams' : 'all');
  const groups = inboxGroups(audience, teams);
  const hasFindings = useHasFindings();
  const list = useRef<HTMLDivElement>(null);
  useRowKeys(list);
  useFreshCounts();
  const options: readonly { readonly value: Audience; readonly label: string }[] = [
    { value: 'mine', label: 'Mine' },
    ...(teams.length > 0
      ? [{ value: 'teams' as const, label: teams.length === 1 ? (teams[0] ?? '') : 'My teams' }]
      : []),
    { value: 'all', label: 'All I see' },
  ];
  return (
    <Page
      title="Inbox"
      actions={
        <Segmented
          label="Whose"
          value={audience}
          options={options}
          onChange={(of) => void navigate({ to: '/inbox', search: { of }, replace: true })}
        />
      }
    >
      {hasFindings === false ? (
        <NoReportYet />
      ) : (
        <PageBody>
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
            {groups.map((group) => (
              <GroupStat key={group.id} group={group} />
            ))}
          </div>
          <div ref={list} className="flex flex-col gap-6">
            <Approvals />
            {groups.map((group) => (
              <Group key={group.id} group={group} />
            ))}
          </div>
        </PageBody>
      )}
    </Page>
  );
}

function GroupStat({ group }: { readonly group: InboxGroup }) {
  const counted = useQuery(countQuery(group.filter)).data;
  const look = counted && counted.count > 0 ? LOOKS.get(group.id) : undefined;
  return (
    <Stat
      label={group.title}
      value={counted === undefined ? '…' : `${counted.count.toLocaleString('en')}${counted.isMore ? '+' : ''}`}
      {...(look && { look })}
      link={(figure) => (
        <Link
          to="/findings"
          search={{ filter: group.filter, sort: group.sort }}
          className="self-start rounded-s hover:underline"
        >
          {figure}
          <span className="sr-only"> {group.title}: show the list</span>
        </Link>
      )}
    />
  );
}

/** Walks over the rows of all groups, as in a list of mails. */
function useRowKeys(list: RefObject<HTMLDivElement | null>): void {
  const walk = (step: number) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))]?.focus();
  };
  useShortcuts('Inbox', [
    { keys: 'j', label: 'Next', run: () => walk(1) },
    { keys: 'k', label: 'The one before', run: () => walk(-1) },
  ]);
}

/** What comes while somebody looks is counted in at once, at most every few seconds. */
function useFreshCounts(): void {
  const waiting = useRef(false);
  useLive(({ topic }) => {
    if (waiting.current || topic === 'delivery' || topic === 'job') return;
    waiting.current = true;
    setTimeout(() => {
      waiting.current = false;
      for (const queryKey of [['inbox'], ['findings', 'count'], ['exceptions']])
        void queryClient.invalidateQueries({ queryKey });
    }, REFRESH_MS);
  });
}
