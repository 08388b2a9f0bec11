import { removeExpired } from '#storage/index.ts';
import type { JobHandler } from '../jobs/runner.ts';

const FORGET_MS = 24 * 60 * 60_000;

/** Removes sessions and links that are over, and failures to sign in that count no more. */
export const removeExpiredSessions: JobHandler = async (_, { query, now }) =>
  removeExpired(query, now(), new Date(now().getTime() - FORGET_MS));
