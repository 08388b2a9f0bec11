import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { consoleRoute } from '../../shell/root-route.tsx';
import { readAssetSearch, readInventorySearch } from './search.ts';

export const inventoryRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/inventory',
  validateSearch: readInventorySearch,
  component: lazyRouteComponent(() => import('./inventory.tsx'), 'Inventory'),
});

export const assetRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/inventory/$id',
  validateSearch: readAssetSearch,
  component: lazyRouteComponent(() => import('./asset.tsx'), 'Asset'),
});
