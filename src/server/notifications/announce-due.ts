import { publishDue } from '#storage/index.ts';
import type { JobHandler } from '../jobs/runner.ts';

const DAY_MS = 86_400_000;
const SOON_MS = 3 * DAY_MS;
/** What is overdue for longer was told of, or was imported so: nobody wants thousands of messages of the past. */
const PAST_MS = 30 * DAY_MS;
/** In one round; the next takes the others. */
const LIMIT = 2000;

/** Tells of open findings that are due within three days, or are overdue. */
export const announceDue: JobHandler = async (_, { query, now }) => {
  const at = now();
  const [past, soon] = [new Date(at.getTime() - PAST_MS), new Date(at.getTime() + SOON_MS)];
  await query.transaction().execute(async (transaction) => {
    await publishDue(transaction, { kind: 'finding.due-soon', from: at, before: soon, now: at, limit: LIMIT });
    await publishDue(transaction, { kind: 'finding.overdue', from: past, before: at, now: at, limit: LIMIT });
  });
};
