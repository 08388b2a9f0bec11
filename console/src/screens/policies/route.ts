import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { consoleRoute } from '../../shell/root-route.tsx';
import { readPoliciesSearch } from './search.ts';

export const policiesRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/policies',
  validateSearch: readPoliciesSearch,
  component: lazyRouteComponent(() => import('./policies.tsx'), 'Policies'),
});
