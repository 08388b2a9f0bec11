import type { Route } from '../../route.ts';
import { exceptionDecisionRoutes } from './decide.ts';
import { exceptionReadRoutes } from './read.ts';
import { exceptionRequestRoutes } from './request.ts';

export const exceptionRoutes: readonly Route[] = [
  ...exceptionRequestRoutes,
  ...exceptionReadRoutes,
  ...exceptionDecisionRoutes,
];
