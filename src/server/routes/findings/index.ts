import type { Route } from '../../route.ts';
import { findingBulkRoutes } from './bulk.ts';
import { findingExportRoutes } from './export.ts';
import { findingRoutes } from './finding.ts';
import { findingLanguageRoutes } from './language.ts';
import { findingListRoutes } from './list.ts';

export const findingsRoutes: readonly Route[] = [
  ...findingListRoutes,
  ...findingLanguageRoutes,
  ...findingExportRoutes,
  ...findingBulkRoutes,
  ...findingRoutes,
];
