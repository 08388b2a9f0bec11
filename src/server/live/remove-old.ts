import { removeOldLiveEvents } from '#storage/index.ts';
import type { JobHandler } from '../jobs/runner.ts';

const KEPT_MS = 24 * 60 * 60_000;

export const removeOldEvents: JobHandler = async (_, { query, now }) =>
  removeOldLiveEvents(query, new Date(now().getTime() - KEPT_MS));
