import { z } from 'zod';
import { type ExceptionScope, endFault, exceptionReasons, exceptionScope, worstOf } from '#exceptions/index.ts';
import { type Principal, scopesOf } from '#identity/index.ts';
import type { Severity } from '#model/index.ts';
import {
  addException,
  addExceptionEvent,
  currentExceptionPolicy,
  findException,
  previewScope,
  publish,
  type Query,
} from '#storage/index.ts';
import { needReach } from '../../exceptions/reach.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, byId, known } from '../accounts/rights.ts';
import { foundException, showException, shownException } from './shape.ts';

const counted = z.object({ team: z.string().nullable(), severity: z.string(), findings: z.int() });

const preview = route({
  id: 'previewException',
  method: 'POST',
  path: '/api/v1/exceptions/preview',
  summary: 'What an exception would hide now, by team and severity, and how long it may hold',
  permission: 'exceptions:request',
  ...nothing,
  body: z.strictObject({ scope: exceptionScope }),
  answer: z.object({
    findings: z.int(),
    counts: z.array(counted),
    worst: z.string(),
    maxDays: z.int(),
    approvalsNeeded: z.int(),
  }),
  async handle({ body: { scope }, principal }, { query }) {
    const actor = known(principal);
    const counts = await previewScope(query, scope, scopesOf(actor, 'findings:read'));
    const worst = worstOf(counts.map(({ severity }) => severity)) ?? 'unknown';
    const { maxDays, approvals } = (await currentExceptionPolicy(query)).tiers[worst];
    const findings = counts.reduce((sum, one) => sum + one.findings, 0);
    return { findings, counts, worst, maxDays, approvalsNeeded: Math.max(1, approvals) };
  },
});

const body = z.strictObject({
  scope: exceptionScope,
  reason: z.enum(exceptionReasons),
  explanation: z.string().trim().min(1).max(4000),
  expiresAt: z.iso.datetime(),
  /** To be asked for later. */
  draft: z.boolean().default(false),
});

const add = route({
  id: 'requestException',
  method: 'POST',
  path: '/api/v1/exceptions',
  summary: 'Asks that findings need not be mended for a while; somebody else approves',
  permission: 'exceptions:request',
  ...nothing,
  body,
  answer: shownException,
  status: 201,
  handle({ body, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      await needReach(query, actor, 'exceptions:request', body.scope);
      const id = await write(query, actor, body, undefined, context.now());
      return answerOf(query, id, 'exception.request', context.now());
    });
  },
});

const renew = route({
  id: 'renewException',
  method: 'POST',
  path: '/api/v1/exceptions/{id}/renewals',
  summary: 'Asks for the same once more; when it is approved it takes the place of the old one',
  permission: 'exceptions:request',
  ...nothing,
  params: byId,
  body: z.strictObject({ explanation: body.shape.explanation, expiresAt: body.shape.expiresAt }),
  answer: shownException,
  status: 201,
  handle({ params, body: { explanation, expiresAt }, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const old = await foundException(query, params.id, actor, true);
      if (old.state !== 'approved' && old.state !== 'expired')
        throw new RequestProblem(409, 'not-possible', `It is ${old.state}; only what was approved is renewed.`);
      await needReach(query, actor, 'exceptions:request', old.scope);
      const { scope, reason } = old;
      const asked = { scope, reason, explanation, expiresAt, draft: false };
      const id = await write(query, actor, asked, { id: old.id, worst: old.worst }, context.now());
      return answerOf(query, id, 'exception.renew', context.now());
    });
  },
});

async function write(
  query: Query,
  actor: Principal,
  { scope, reason, explanation, expiresAt, draft }: z.infer<typeof body>,
  renewed: { readonly id: string; readonly worst: Severity } | undefined,
  at: Date,
): Promise<string> {
  const ends = new Date(expiresAt);
  const found = await severitiesWithin(query, scope, actor);
  const worst = worstOf(renewed ? [...found, renewed.worst] : found) ?? 'unknown';
  const fault = endFault({ worst, expiresAt: ends }, await currentExceptionPolicy(query), at);
  if (fault !== undefined)
    throw new RequestProblem(422, 'too-long', fault, [{ field: 'body.expiresAt', message: fault }]);
  const state = draft ? 'draft' : 'requested';
  const requester = { account: actor.account, name: actor.name };
  const exception = {
    state,
    scope,
    reason,
    explanation,
    worst,
    requester,
    expiresAt: ends,
    renews: renewed?.id,
  } as const;
  const id = await addException(query, exception, at);
  await addExceptionEvent(query, id, requester, { kind: state, details: {}, at });
  if (!draft) await tellRequested(query, id, exception, at);
  return id;
}

async function severitiesWithin(query: Query, scope: ExceptionScope, actor: Principal): Promise<Severity[]> {
  const counts = await previewScope(query, scope, scopesOf(actor, 'exceptions:request'));
  return counts.map(({ severity }) => severity);
}

export async function tellRequested(
  query: Query,
  id: string,
  {
    explanation,
    worst,
    scope,
  }: { readonly explanation: string; readonly worst: Severity; readonly scope: ExceptionScope },
  at: Date,
): Promise<void> {
  await publish(query, {
    kind: 'exception.requested',
    at,
    subject: { kind: 'exception', id },
    title: explanation,
    severity: worst,
    ...(scope.team !== undefined && { team: scope.team }),
  });
}

async function answerOf(query: Query, id: string, action: string, now: Date) {
  const row = await findException(query, id);
  if (row === undefined) throw notFound('exception');
  const answer = showException(row, await currentExceptionPolicy(query), now);
  return { answer, action, subject: `exception ${id}`, details: { scope: row.scope, reason: row.reason } };
}

export const exceptionRequestRoutes: readonly Route[] = [preview, add, renew];
