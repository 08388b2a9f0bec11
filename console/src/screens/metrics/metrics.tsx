import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { teamsQuery } from '../../api/lists.ts';
import { Segmented } from '../../components/button.tsx';
import { Select } from '../../components/field.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { Page } from '../../shell/page.tsx';
import { Campaigns } from './campaigns.tsx';
import { Numbers } from './numbers.tsx';
import { Objectives } from './objectives.tsx';
import { metricsRoute } from './route.ts';
import { DEFAULT_WINDOW, type MetricsSearch, tabs, windows } from './search.ts';

/** How the programme goes: its numbers with what they were made from, what is to be reached by when, and what everybody works on now. */
export function Metrics() {
  const search = metricsRoute.useSearch();
  const navigate = useNavigate();
  const tab = search.tab ?? 'numbers';
  const go = (change: MetricsSearch) => void navigate({ to: '/program', search: change });
  return (
    <Page
      title="Metrics"
      about="How it goes, measured on fixes that were proven"
      actions={tab === 'numbers' && <Narrow search={search} onGo={go} />}
    >
      <Tabs
        label="Metrics"
        value={tab}
        onChange={(id) => {
          const known = tabs.find((one) => one === id);
          go(known && known !== 'numbers' ? { tab: known } : {});
        }}
        tabs={[
          { id: 'numbers', label: 'Numbers', content: <Numbers search={search} onGo={go} /> },
          { id: 'objectives', label: 'Objectives', content: <Objectives search={search} onGo={go} /> },
          { id: 'campaigns', label: 'Campaigns', content: <Campaigns search={search} onGo={go} /> },
        ]}
      />
    </Page>
  );
}

export interface PartProps {
  readonly search: MetricsSearch;
  readonly onGo: (search: MetricsSearch) => void;
}

function Narrow({ search, onGo }: PartProps) {
  const teams = useQuery(teamsQuery).data ?? [];
  const { team: _, window: __, ...rest } = search;
  const team = search.team ? { team: search.team } : {};
  const window = search.window ? { window: search.window } : {};
  return (
    <>
      <Select
        aria-label="Team"
        className="w-44"
        value={search.team ?? ''}
        onChange={({ target }) => onGo({ ...rest, ...window, ...(target.value && { team: target.value }) })}
        options={[{ value: '', label: 'All teams' }, ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <Segmented
        label="Days that are looked at"
        value={String(search.window ?? DEFAULT_WINDOW)}
        options={windows.map((days) => ({ value: String(days), label: days === 365 ? '1 year' : `${days} days` }))}
        onChange={(value) => {
          const days = windows.find((one) => String(one) === value);
          onGo({ ...rest, ...team, ...(days && days !== DEFAULT_WINDOW && { window: days }) });
        }}
      />
    </>
  );
}
