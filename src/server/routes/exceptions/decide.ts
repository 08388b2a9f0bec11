import { z } from 'zod';
import { advance, type ExceptionStep } from '#exceptions/index.ts';
import { isUnlimited, type Permission, type Principal } from '#identity/index.ts';
import {
  addApproval,
  addExceptionEvent,
  currentExceptionPolicy,
  type ExceptionRow,
  exceptionStanding,
  findException,
  publish,
  type Query,
  updateException,
} from '#storage/index.ts';
import { assertUnchanged } from '../../entity-tag.ts';
import { applyException, liftException, takeOver } from '../../exceptions/apply.ts';
import { needReach } from '../../exceptions/reach.ts';
import { RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route, type ServerContext } from '../../route.ts';
import { audited, byId, known } from '../accounts/rights.ts';
import { tellRequested } from './request.ts';
import { foundException, showException, shownException } from './shape.ts';

const comment = z.strictObject({ comment: z.string().trim().max(4000).default('') }).default({ comment: '' });

type Verb = 'request' | 'approve' | 'reject' | 'revoke';

interface Decision {
  readonly id: string;
  readonly verb: Verb;
  readonly summary: string;
  readonly permission: Permission;
}

const decisions: readonly Decision[] = [
  {
    id: 'submitException',
    verb: 'request',
    summary: 'Asks for a draft to be approved',
    permission: 'exceptions:request',
  },
  {
    id: 'approveException',
    verb: 'approve',
    summary: 'Approves the request of somebody else; with the last approval needed it holds',
    permission: 'exceptions:approve',
  },
  { id: 'rejectException', verb: 'reject', summary: 'Refuses a request', permission: 'exceptions:approve' },
  {
    id: 'revokeException',
    verb: 'revoke',
    summary: 'Ends an exception, or takes back a request of your own; what it hid opens again',
    permission: 'exceptions:request',
  },
];

function decisionRoute({ id, verb, summary, permission }: Decision): Route {
  return route({
    id,
    method: 'POST',
    path: `/api/v1/exceptions/{id}/${verb}`,
    summary,
    permission,
    ...nothing,
    params: byId,
    body: comment,
    answer: shownException,
    handle({ params, body, headers, principal }, context) {
      const actor = known(principal);
      return audited(context, actor, (query) => decide(query, context, actor, verb, params.id, body.comment, headers));
    },
  });
}

async function decide(
  query: Query,
  { now }: ServerContext,
  actor: Principal,
  verb: Verb,
  id: string,
  text: string,
  headers: Readonly<Record<string, string | undefined>>,
) {
  const row = await foundException(query, id, actor, true);
  await needRight(query, actor, verb, row);
  const policy = await currentExceptionPolicy(query);
  assertUnchanged(headers, showException(row, policy, now()));
  const step: ExceptionStep = { kind: verb, account: actor.account };
  const done = advance(exceptionStanding(row), step, policy, now());
  if (!done.ok) throw new RequestProblem(409, 'not-possible', done.error);
  const { state } = done.value;
  const isApproved = verb === 'approve' && state === 'approved';
  if (verb === 'approve') await addApproval(query, id, actor, now());
  await updateException(query, id, { state, ...(isApproved && { approvedAt: now() }) });
  const findings = await takeEffect(query, row, verb, isApproved, now());
  await addExceptionEvent(query, id, actor, {
    kind: kindOf(verb, isApproved),
    details: { comment: text, findings },
    at: now(),
  });
  const after = (await findException(query, id)) ?? row;
  return {
    answer: showException(after, policy, now()),
    action: `exception.${verb}`,
    subject: `exception ${id}`,
    details: { comment: text, state, findings },
  };
}

/** Their own, people may take back; what is of others, only who may approve there. */
async function needRight(query: Query, actor: Principal, verb: Verb, row: ExceptionRow): Promise<void> {
  const isOwn = row.requester === actor.account;
  if (verb === 'request' && !isOwn)
    throw new RequestProblem(403, 'not-allowed', 'A draft is asked for by who wrote it.');
  if (verb === 'request') await needReach(query, actor, 'exceptions:request', row.scope);
  else if (!(verb === 'revoke' && isOwn) && !isUnlimited(actor, 'exceptions:approve'))
    await needReach(query, actor, 'exceptions:approve', row.scope);
}

async function takeEffect(query: Query, row: ExceptionRow, verb: Verb, isApproved: boolean, at: Date): Promise<number> {
  const event = { at, subject: { kind: 'exception', id: row.id }, title: row.explanation, severity: row.worst };
  const team = row.team_id === null ? {} : { team: row.team_id };
  if (verb === 'request') await tellRequested(query, row.id, row, at);
  if (verb === 'reject') await publish(query, { kind: 'exception.rejected', ...event, ...team });
  if (verb === 'revoke') {
    await publish(query, { kind: 'exception.revoked', ...event, ...team });
    return liftException(query, row.id, 'exception-revoked', at);
  }
  if (!isApproved) return 0;
  if (row.renews !== null) await replace(query, row.renews, row, at);
  await publish(query, { kind: row.renews === null ? 'exception.approved' : 'exception.renewed', ...event, ...team });
  return applyException(query, row, at);
}

/** What the old one hid is not open for a moment. */
async function replace(query: Query, old: string, row: ExceptionRow, at: Date): Promise<void> {
  const renewed = await findException(query, old, true);
  if (renewed?.state !== 'approved') return;
  await takeOver(query, old, row, at);
  await updateException(query, old, { state: 'revoked' });
  await addExceptionEvent(
    query,
    old,
    { account: undefined, name: 'Plimsoll' },
    { kind: 'renewed', details: { by: row.id }, at },
  );
}

function kindOf(verb: Verb, isApproved: boolean): string {
  if (verb === 'approve') return isApproved ? 'approved' : 'approval';
  return { request: 'requested', reject: 'rejected', revoke: 'revoked' }[verb];
}

export const exceptionDecisionRoutes: readonly Route[] = decisions.map(decisionRoute);
