export * from './advisory.ts';
export { type DatabaseChanges, databaseChanges, type StatementKey } from './database/changes.ts';
export { type AdvisoryDatabase, openDatabase } from './database/database.ts';
export { databaseDirectory } from './database/location.ts';
export { AdvisoryDatabaseError } from './database/shard-reader.ts';
export { ecosystemsOf, languageEcosystem, packageKey } from './ecosystem.ts';
export { fetchMirrorAdvisories, type MirrorAdvisories, type NotCovered } from './sources/debian-mirror/index.ts';
export { osvEcosystemKey } from './sources/osv/ecosystems/index.ts';
export { type DatabaseStatus, databaseStatus, type ShardStatus } from './update/database-status.ts';
export { keepState } from './update/keep-state.ts';
export { exportDatabase, importDatabase, type TransferReport } from './update/transfer.ts';
export {
  type FeedOutcome,
  type UpdateReport,
  updateDatabase,
} from './update/update-database.ts';
