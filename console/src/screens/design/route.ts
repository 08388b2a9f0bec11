import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { consoleRoute } from '../../shell/root-route.tsx';

export const designRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/design',
  component: lazyRouteComponent(() => import('./design.tsx'), 'Design'),
});
