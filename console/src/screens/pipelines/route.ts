import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { consoleRoute } from '../../shell/root-route.tsx';
import { readPipelinesSearch } from './search.ts';

export const pipelinesRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/pipelines',
  validateSearch: readPipelinesSearch,
  component: lazyRouteComponent(() => import('./pipelines.tsx'), 'Pipelines'),
});
