import { DELIVER, forgetKeys, ROUTE_EVENTS, removeUnusedSets, SCAN_IMAGE, TICKET_JOBS } from '#storage/index.ts';
import { APPLY_ADVISORIES, applyAdvisories, MATCH_INVENTORY } from '../advisories/apply.ts';
import { matchInventories } from '../advisories/match-inventory.ts';
import { UPDATE_ADVISORIES, updateAdvisories } from '../advisories/update.ts';
import { removeExpiredSessions } from '../authentication/expiry.ts';
import { followExposure, refreshAssets } from '../estate/jobs.ts';
import { EXPOSURE_CHANGED, REFRESH_ASSETS } from '../estate/tell.ts';
import { APPLY_EXCEPTION } from '../exceptions/apply.ts';
import { continueException, sweepExceptions } from '../exceptions/jobs.ts';
import { removeOldEvents } from '../live/index.ts';
import { announceDue } from '../notifications/announce-due.ts';
import { deliver, removeOld } from '../notifications/deliver.ts';
import { routeEvents } from '../notifications/route-events.ts';
import { checkObjectives, measureProgram, sweepCampaigns } from '../program/jobs.ts';
import { DUE_REGISTRIES, POLL_REGISTRY, pollDue, pollRegistry } from '../registries/poll.ts';
import { scanImage } from '../registries/scan.ts';
import { createTicket, pollTrackers, refreshTicket, updateTicket } from '../tickets/ticket-jobs.ts';
import { applyOwnershipRules, applySlaPolicy, expireDecisions } from './policies.ts';
import type { JobHandler } from './runner.ts';

/** Who does which kind of job, in every process that is a worker. */
export const jobHandlers: ReadonlyMap<string, JobHandler> = new Map<string, JobHandler>([
  [UPDATE_ADVISORIES, updateAdvisories],
  [APPLY_ADVISORIES, applyAdvisories],
  [MATCH_INVENTORY, matchInventories],
  ['inventory.sweep', (_, { query }) => removeUnusedSets(query)],
  [EXPOSURE_CHANGED, followExposure],
  [REFRESH_ASSETS, refreshAssets],
  [DUE_REGISTRIES, pollDue],
  [POLL_REGISTRY, pollRegistry],
  [SCAN_IMAGE, scanImage],
  [APPLY_EXCEPTION, continueException],
  ['exceptions.sweep', sweepExceptions],
  ['decisions.expire', expireDecisions],
  ['ownership.apply', applyOwnershipRules],
  ['sla.apply', applySlaPolicy],
  ['idempotency.forget', (_, { query, now }) => forgetKeys(query, now())],
  ['sessions.expire', removeExpiredSessions],
  ['live.remove-old', removeOldEvents],
  [ROUTE_EVENTS, routeEvents],
  [DELIVER, deliver],
  ['notifications.remove-old', removeOld],
  ['notifications.due', announceDue],
  ['program.measure', measureProgram],
  ['program.objectives', checkObjectives],
  ['program.campaigns', sweepCampaigns],
  [TICKET_JOBS.create, createTicket],
  [TICKET_JOBS.update, updateTicket],
  [TICKET_JOBS.poll, pollTrackers],
  [TICKET_JOBS.refresh, refreshTicket],
]);
