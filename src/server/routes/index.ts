import type { Route } from '../route.ts';
import { healthRoutes } from './system/health.ts';

/** Every operation of the API, a folder for each noun. */
export const routes: readonly Route[] = [...healthRoutes];
