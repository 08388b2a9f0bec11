import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { consoleRoute } from '../../shell/root-route.tsx';
import { readInboxSearch } from './search.ts';

export const homeRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox', replace: true });
  },
});

export const inboxRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/inbox',
  validateSearch: readInboxSearch,
  component: lazyRouteComponent(() => import('./inbox.tsx'), 'Inbox'),
});
