import type { Kysely } from 'kysely';
import type { Result } from '#foundation/index.ts';
import { type DatabaseLocation, type OpenedDatabase, openDatabase } from '#postgres/index.ts';
import { migrations } from './migrations/index.ts';
import type { Tables } from './tables/index.ts';

export { visibleAssets } from './access.ts';
export { type AuditRecord, type AuditVerification, recordAudit, verifyAudit } from './stores/audit.ts';
export { type AppliedChange, applyChange } from './stores/finding-changes.ts';
export { type ClaimedJob, claimJob, enqueue, failJob, finishJob, type NewJob } from './stores/jobs.ts';
export { type NewEvent, publish } from './stores/outbox.ts';
export type { Tables } from './tables/index.ts';

/** Where stores put their queries: the database, or a transaction on it. */
export type Query = Kysely<Tables>;

/** Opens the database of a server, with all its tables. Errors are whole sentences. */
export function openStorage(location: DatabaseLocation): Promise<Result<OpenedDatabase<Tables>>> {
  return openDatabase<Tables>(location, migrations);
}
