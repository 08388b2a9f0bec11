import type { Route } from '../../route.ts';
import { findingBulkRoutes } from './bulk.ts';
import { findingExportRoutes } from './export.ts';
import { findingRoutes } from './finding.ts';
import { findingListRoutes } from './list.ts';

export const findingsRoutes: readonly Route[] = [
  ...findingListRoutes,
  ...findingExportRoutes,
  ...findingBulkRoutes,
  ...findingRoutes,
];
