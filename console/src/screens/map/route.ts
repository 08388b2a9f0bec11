import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { consoleRoute } from '../../shell/root-route.tsx';
import { readMapSearch } from './search.ts';

export const mapRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/map',
  validateSearch: readMapSearch,
  component: lazyRouteComponent(() => import('./map.tsx'), 'EstateMap'),
});
