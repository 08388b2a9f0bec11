import type { FindingSort } from '../findings/data.ts';
import { quoted } from '../findings/filter-text.ts';
import type { Audience } from './search.ts';

/** One question of the day, as a filter: the list behind its figure is the same. */
export interface InboxGroup {
  readonly id: string;
  readonly title: string;
  readonly filter: string;
  readonly sort: FindingSort;
  /** What it means that there is none. */
  readonly none: string;
}

/** Terms that narrow a filter to somebody's work. */
export function audienceTerm(audience: Audience, teams: readonly string[]): string {
  if (audience === 'mine') return 'assignee:me';
  return audience === 'teams' && teams.length > 0 ? `team:${teams.map(quoted).join(',')}` : '';
}

export function inboxGroups(audience: Audience, teams: readonly string[]): readonly InboxGroup[] {
  const term = audienceTerm(audience, teams);
  const of = (filter: string) => [filter, term].filter((part) => part !== '').join(' ');
  return [
    { id: 'overdue', title: 'Overdue', filter: of('is:overdue'), sort: 'due', none: 'Nothing is overdue.' },
    {
      id: 'due',
      title: 'Due within 7 days',
      filter: of('is:open due<7d -is:overdue'),
      sort: 'due',
      none: 'Nothing is due this week.',
    },
    {
      id: 'exploited',
      title: 'Exploited in attacks',
      filter: of('is:open is:exploited'),
      sort: 'rank',
      none: 'Nothing open is known to be used in attacks.',
    },
    {
      id: 'alerts',
      title: 'Alerts',
      filter: of('is:open kind:runtime'),
      sort: '-seen',
      none: 'No alert of running containers is open. Hosts without an agent are not watched.',
    },
    {
      id: 'new',
      title: 'New this week',
      filter: of('is:open seen>7d'),
      sort: 'rank',
      none: 'Nothing new came in this week.',
    },
    {
      id: 'reopened',
      title: 'Came back',
      filter: of('is:open is:reopened'),
      sort: '-seen',
      none: 'Nothing that was fixed has come back.',
    },
  ];
}
