import { removeExpiredSessions } from '../authentication/expiry.ts';
import type { JobHandler } from './runner.ts';

/** Who does which kind of job, in every process that is a worker. */
export const jobHandlers: ReadonlyMap<string, JobHandler> = new Map<string, JobHandler>([
  ['sessions.expire', removeExpiredSessions],
]);
