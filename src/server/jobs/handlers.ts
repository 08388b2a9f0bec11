import { DELIVER, ROUTE_EVENTS } from '#storage/index.ts';
import { removeExpiredSessions } from '../authentication/expiry.ts';
import { deliver, removeOld } from '../notifications/deliver.ts';
import { routeEvents } from '../notifications/route-events.ts';
import type { JobHandler } from './runner.ts';

/** Who does which kind of job, in every process that is a worker. */
export const jobHandlers: ReadonlyMap<string, JobHandler> = new Map<string, JobHandler>([
  ['sessions.expire', removeExpiredSessions],
  [ROUTE_EVENTS, routeEvents],
  [DELIVER, deliver],
  ['notifications.remove-old', removeOld],
]);
