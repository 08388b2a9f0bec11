import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../shell/root-route.tsx';
import { localAddress } from './local-address.ts';

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  /** Where to go then, an address of the console; and why an identity provider's sign-in failed. */
  validateSearch: ({ next, problem }: Readonly<Record<string, unknown>>): { next?: string; problem?: string } => {
    const address = localAddress(next);
    return { ...(address !== undefined && { next: address }), ...(typeof problem === 'string' && { problem }) };
  },
  component: lazyRouteComponent(() => import('./sign-in.tsx'), 'SignIn'),
});
