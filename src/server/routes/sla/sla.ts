import { z } from 'zod';
import { exposures } from '#findings/index.ts';
import { scopesOf } from '#identity/index.ts';
import { severities } from '#model/index.ts';
import { currentSla, enqueue, previewSla, recordAudit, replaceSla } from '#storage/index.ts';
import { RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { known, needUnlimited } from '../accounts/rights.ts';

const days = z.record(z.enum(exposures), z.number().int().min(0).max(3650).nullable());
const policy = z.object({
  days: z
    .record(z.enum(severities), days)
    .meta({ description: 'Days from when it was first seen, by severity and exposure; null: no date' }),
  exploited: days.meta({ description: 'At most these for what attackers are known to use' }),
});
const versioned = z.object({
  version: z
    .number()
    .int()
    .min(0)
    .meta({ description: 'The one that was read; another one means that it was changed since' }),
  policy,
});

const get = route({
  id: 'getSla',
  method: 'GET',
  path: '/api/v1/sla',
  summary: 'How many days there are to fix what',
  permission: 'policies:read',
  ...nothing,
  answer: versioned,
  handle: (_, { query }) => currentSla(query),
});

const put = route({
  id: 'replaceSla',
  method: 'PUT',
  path: '/api/v1/sla',
  summary: 'Change how many days there are; due dates of what is open move soon after',
  permission: 'policies:write',
  ...nothing,
  body: versioned,
  answer: versioned,
  async handle({ body, principal: asking }, { query, now }) {
    const principal = known(asking);
    needUnlimited(principal, 'policies:write');
    return query.transaction().execute(async (transaction) => {
      const at = now();
      const replaced = await replaceSla(transaction, body, principal.account, at);
      if (replaced === undefined)
        throw new RequestProblem(409, 'changed-since', 'Somebody has changed the policy since; read it again.');
      await enqueue(transaction, { kind: 'sla.apply', payload: {}, runAt: at });
      await recordAudit(transaction, {
        principal,
        action: 'sla.change',
        subject: 'sla policy',
        details: { version: replaced.version, policy: replaced.policy },
        at,
      });
      return replaced;
    });
  },
});

const count = z.number().int();

const preview = route({
  id: 'previewSla',
  method: 'POST',
  path: '/api/v1/sla/preview',
  summary: 'How many due dates a policy would move; nothing changes',
  permission: 'policies:read',
  ...nothing,
  body: z.object({ policy }),
  answer: z.object({ findings: count, earlier: count, later: count, unchanged: count, newlyOverdue: count }),
  handle: ({ body, principal }, { query, now }) =>
    previewSla(query, scopesOf(known(principal), 'policies:read'), body.policy, now()),
});

export const slaRoutes: readonly Route[] = [get, put, preview];
