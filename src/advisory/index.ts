export * from './advisory.ts';
export type { AdvisorySource, Feed, FeedRecord } from './advisory-source.ts';
export { type AdvisoryDatabase, openDatabase } from './database/database.ts';
export { databaseDirectory } from './database/location.ts';
export { AdvisoryDatabaseError } from './database/shard-reader.ts';
export { type EcosystemOptions, ecosystemsOf } from './ecosystem.ts';
export { fetchMirrorAdvisories, type MirrorAdvisories, type NotCovered } from './sources/debian-mirror/index.ts';
export { advisorySources } from './sources/index.ts';
export { type DatabaseStatus, databaseStatus, type ShardStatus } from './update/database-status.ts';
export {
  type ExportOptions,
  exportDatabase,
  type ImportOptions,
  importDatabase,
  type TransferReport,
} from './update/transfer.ts';
export {
  type FeedOutcome,
  type UpdateOptions,
  type UpdateProgress,
  type UpdateReport,
  updateDatabase,
} from './update/update-database.ts';
