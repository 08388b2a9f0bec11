import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { consoleRoute } from '../../shell/root-route.tsx';
import { readAlertsSearch } from './search.ts';

export const alertsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/alerts',
  validateSearch: readAlertsSearch,
  component: lazyRouteComponent(() => import('./alerts.tsx'), 'Alerts'),
});
