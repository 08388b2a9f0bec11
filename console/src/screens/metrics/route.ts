import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { consoleRoute } from '../../shell/root-route.tsx';
import { readMetricsSearch } from './search.ts';

export const metricsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  // Not /metrics: there the server answers Prometheus.
  path: '/program',
  validateSearch: readMetricsSearch,
  component: lazyRouteComponent(() => import('./metrics.tsx'), 'Metrics'),
});
