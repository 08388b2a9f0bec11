import { useNavigate } from '@tanstack/react-router';
import { may, useMe } from '../../api/me.ts';
import { Tabs } from '../../components/tabs.tsx';
import { Page } from '../../shell/page.tsx';
import { Registries } from './registries.tsx';
import { Reports } from './reports.tsx';
import { pipelinesRoute } from './route.ts';
import type { PipelinesSearch } from './search.ts';

/** Where findings come from: pipelines that report, and registries that are watched. */
export function Pipelines() {
  const search = pipelinesRoute.useSearch();
  const navigate = useNavigate();
  const go = (change: PipelinesSearch) => void navigate({ to: '/pipelines', search: change });
  const seesRegistries = may(useMe(), 'system:read');
  const reports = { id: 'reports', label: 'Pipelines', content: <Reports /> };
  const registries = { id: 'registries', label: 'Registries', content: <Registries search={search} onGo={go} /> };
  return (
    <Page title="Pipelines and registries" about="What reports by itself, and what is watched">
      <Tabs
        label="Pipelines and registries"
        value={search.tab ?? 'reports'}
        onChange={(id) => go(id === 'registries' ? { tab: 'registries' } : {})}
        tabs={seesRegistries ? [reports, registries] : [reports]}
      />
    </Page>
  );
}
