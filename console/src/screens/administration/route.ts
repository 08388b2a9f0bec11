import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { meQuery, queryClient } from '../../api/queries.ts';
import { consoleRoute } from '../../shell/root-route.tsx';
import { readAdministrationSearch } from './search.ts';
import { visibleSections } from './sections.ts';

export const administrationRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/administration',
  beforeLoad: async () => {
    const [first] = visibleSections(await queryClient.ensureQueryData(meQuery));
    throw redirect({ to: '/administration/$section', params: { section: first?.id ?? 'tokens' }, replace: true });
  },
});

export const administrationSectionRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/administration/$section',
  validateSearch: readAdministrationSearch,
  component: lazyRouteComponent(() => import('./administration.tsx'), 'Administration'),
});
