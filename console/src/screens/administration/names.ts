import { queryOptions, useQuery } from '@tanstack/react-query';
import { all } from '../../api/api.ts';
import { collect, teamsQuery } from '../../api/lists.ts';

export const accountsQuery = queryOptions({ queryKey: ['accounts'], queryFn: () => collect(all('listAccounts')) });
export const channelsQuery = queryOptions({ queryKey: ['channels'], queryFn: () => collect(all('listChannels')) });
export const notificationRulesQuery = queryOptions({
  queryKey: ['notification-rules'],
  queryFn: () => collect(all('listNotificationRules')),
});

interface Named {
  readonly id: string;
  readonly name: string;
}

function nameIn(list: readonly Named[] | undefined, id: string | null): string {
  if (id === null) return '';
  return list?.find((one) => one.id === id)?.name ?? id.slice(0, 8);
}

/** Names of teams that this person may know; the beginning of the id of others. */
export function useTeamName(): (id: string | null) => string {
  const teams = useQuery(teamsQuery).data;
  return (id) => nameIn(teams, id);
}

export function useAccountName(): (id: string | null) => string {
  const accounts = useQuery({ ...accountsQuery, retry: false }).data;
  return (id) => nameIn(accounts, id);
}
