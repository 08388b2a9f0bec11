import { queryOptions } from '@tanstack/react-query';
import { all, call } from '../../api/api.ts';
import { collect } from '../../api/lists.ts';

export function metricsQuery(team: string | undefined, window: number, by?: 'team' | 'severity') {
  return queryOptions({
    queryKey: ['metrics', 'list', team, window, by],
    queryFn: ({ signal }) =>
      call('listMetrics', { search: { window, ...(team && { team }), ...(by && { by }) } }, { signal }),
  });
}

/** Of one number, a value for each day. */
export function seriesQuery(metric: string, team: string | undefined, window: number, by?: 'team') {
  return queryOptions({
    queryKey: ['metrics', 'series', metric, team, window, by],
    queryFn: ({ signal }) =>
      call(
        'getMetricSeries',
        { params: { metric }, search: { days: 90, window, ...(team && { team }), ...(by && { by }) } },
        { signal },
      ),
  });
}

export const objectivesQuery = queryOptions({
  queryKey: ['objectives', 'list'],
  queryFn: () => collect(all('listObjectives')),
});

export function objectiveQuery(id: string) {
  return queryOptions({
    queryKey: ['objectives', 'one', id],
    queryFn: ({ signal }) => call('getObjective', { params: { id } }, { signal }),
  });
}

export const campaignsQuery = queryOptions({
  queryKey: ['campaigns', 'list'],
  queryFn: () => collect(all('listCampaigns')),
});

export function campaignQuery(id: string) {
  return queryOptions({
    queryKey: ['campaigns', 'one', id],
    queryFn: ({ signal }) => call('getCampaign', { params: { id } }, { signal }),
  });
}
