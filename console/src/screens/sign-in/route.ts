import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../shell/root-route.tsx';
import { localAddress } from './local-address.ts';

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  /** Where to go then: an address of the console. */
  validateSearch: ({ next }: Readonly<Record<string, unknown>>): { next?: string } => {
    const address = localAddress(next);
    return address === undefined ? {} : { next: address };
  },
  component: lazyRouteComponent(() => import('./sign-in.tsx'), 'SignIn'),
});
