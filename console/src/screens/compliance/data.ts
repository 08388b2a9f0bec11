import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/api.ts';

export function complianceQuery(team: string | undefined) {
  return queryOptions({
    queryKey: ['compliance', 'list', team],
    queryFn: ({ signal }) => call('listCompliance', { search: team ? { team } : {} }, { signal }),
  });
}

export function frameworkQuery(framework: string, team: string | undefined) {
  return queryOptions({
    queryKey: ['compliance', 'one', framework, team],
    queryFn: ({ signal }) => call('getCompliance', { params: { framework }, search: team ? { team } : {} }, { signal }),
  });
}
