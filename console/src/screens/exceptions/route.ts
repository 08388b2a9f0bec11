import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { consoleRoute } from '../../shell/root-route.tsx';
import { readExceptionsSearch } from './search.ts';

export const exceptionsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/exceptions',
  validateSearch: readExceptionsSearch,
  component: lazyRouteComponent(() => import('./exceptions.tsx'), 'Exceptions'),
});
