import { sql } from 'kysely';
import { z } from 'zod';
import { programVersion } from '#foundation/index.ts';
import { RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';

const answer = z.object({ status: z.literal('ok'), version: z.string() });

/** Whether the process answers at all. */
const live = route({
  id: 'getLiveness',
  method: 'GET',
  path: '/health/live',
  summary: 'Whether the server runs',
  permission: 'anyone',
  ...nothing,
  answer,
  handle: async () => ({ status: 'ok' as const, version: programVersion }),
});

/** Whether it can do its work: a load balancer sends nobody here otherwise. */
const ready = route({
  id: 'getReadiness',
  method: 'GET',
  path: '/health/ready',
  summary: 'Whether the server and its database answer',
  permission: 'anyone',
  ...nothing,
  answer,
  async handle(_, { query }) {
    try {
      await sql`select 1`.execute(query);
    } catch {
      throw new RequestProblem(503, 'not-ready', 'The database does not answer.');
    }
    return { status: 'ok' as const, version: programVersion };
  },
});

export const healthRoutes: readonly Route[] = [live, ready];
