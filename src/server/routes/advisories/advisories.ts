import { z } from 'zod';
import { databaseStatus } from '#advisory/index.ts';
import { advisoryState, enqueue, recordAudit } from '#storage/index.ts';
import { UPDATE_ADVISORIES } from '../../advisories/update.ts';
import { RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { known, needUnlimited } from '../accounts/rights.ts';

const feed = z.object({
  source: z.string(),
  feed: z.string(),
  title: z.string(),
  license: z.string(),
  asOf: z.string(),
  fetchedAt: z.string(),
  advisories: z.number().int(),
  stale: z.boolean().meta({ description: 'Not fetched for a week' }),
});

const get = route({
  id: 'getAdvisories',
  method: 'GET',
  path: '/api/v1/advisories',
  summary: 'The advisory data that findings stand for: feeds with their age, and what the newest changes did',
  permission: 'findings:read',
  ...nothing,
  answer: z.object({
    feeds: z.array(feed),
    checkedAt: z.iso.datetime().nullable().meta({ description: 'When feeds were last looked at' }),
    appliedAt: z.iso.datetime().nullable().meta({ description: 'When a change of advisories last reached findings' }),
    outcome: z
      .record(z.string(), z.unknown())
      .meta({ description: 'What the newest update said, and what the newest change did' }),
  }),
  async handle(_, { query, advisories, now }) {
    const state = await advisoryState(query);
    const status = advisories && databaseStatus(advisories.directory, now());
    const shards = status?.ok ? status.value.shards : [];
    return {
      feeds: shards.map(({ source, feed: id, title, license, asOf, fetchedAt, advisories: count, stale }) => ({
        ...{ source, feed: id, title, license, asOf, fetchedAt, advisories: count, stale },
      })),
      checkedAt: state.checkedAt?.toISOString() ?? null,
      appliedAt: state.appliedAt?.toISOString() ?? null,
      outcome: { ...state.outcome },
    };
  },
});

const update = route({
  id: 'updateAdvisories',
  method: 'POST',
  path: '/api/v1/advisories/update',
  summary: 'Has the feeds looked at now',
  permission: 'system:write',
  ...nothing,
  answer: z.object({ queued: z.boolean() }),
  status: 202,
  async handle({ principal }, { query, advisories, now }) {
    needUnlimited(known(principal), 'system:write');
    if (advisories === undefined)
      throw new RequestProblem(409, 'no-advisories', 'This server keeps no advisories; another process of it does.');
    await enqueue(query, { kind: UPDATE_ADVISORIES, payload: {}, runAt: now(), key: 'now' });
    await recordAudit(query, {
      principal: known(principal),
      action: 'advisories.update',
      subject: 'advisories',
      at: now(),
    });
    return { queued: true };
  },
});

export const advisoryRoutes: readonly Route[] = [get, update];
