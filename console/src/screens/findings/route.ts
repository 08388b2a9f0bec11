import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { consoleRoute } from '../../shell/root-route.tsx';
import { readFindingsSearch } from './search.ts';

export const findingsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/findings',
  validateSearch: readFindingsSearch,
  component: lazyRouteComponent(() => import('./findings.tsx'), 'Findings'),
});
