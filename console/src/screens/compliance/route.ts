import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { consoleRoute } from '../../shell/root-route.tsx';
import { readComplianceSearch, readFrameworkSearch } from './search.ts';

export const complianceRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/compliance',
  validateSearch: readComplianceSearch,
  component: lazyRouteComponent(() => import('./compliance.tsx'), 'Compliance'),
});

export const frameworkRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/compliance/$framework',
  validateSearch: readFrameworkSearch,
  component: lazyRouteComponent(() => import('./framework.tsx'), 'Framework'),
});
