import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { csaf, type ExportedException, exceptionPolicy, expiringFrom, openvex, yaml } from '#exceptions/index.ts';
import { programVersion } from '#foundation/index.ts';
import {
  addExceptionEvent,
  currentExceptionPolicy,
  type ExceptionReader,
  type ExceptionRow,
  exceptionEvents,
  exceptionPolicyVersion,
  findingsHiddenBy,
  listExceptions,
  type Query,
  setExceptionPolicy,
} from '#storage/index.ts';
import { Download } from '../../download.ts';
import { assertUnchanged } from '../../entity-tag.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, byId, known, needUnlimited } from '../accounts/rights.ts';
import { foundException, readerOf, showException, shownException, shownStates } from './shape.ts';

const list = route({
  id: 'listExceptions',
  method: 'GET',
  path: '/api/v1/exceptions',
  summary: 'Exceptions, the newest first',
  permission: 'findings:read',
  ...nothing,
  search: z.object({ ...pageSearch, state: z.enum(shownStates).optional() }),
  answer: pageOf(shownException),
  async handle({ search: { limit, cursor, state }, principal }, { query, now }) {
    const policy = await currentExceptionPolicy(query);
    const place = z.object({ at: z.iso.datetime(), id: z.uuid() });
    const rows = await listExceptions(query, readerOf(known(principal)), {
      states: state && [state === 'expiring' ? 'approved' : state],
      endsBefore: state === 'expiring' ? endsBefore(policy, now()) : undefined,
      limit: limit + 1,
      after: readCursor(cursor, place),
    });
    const placeOf = ({ created_at, id }: ExceptionRow) => ({ at: created_at.toISOString(), id });
    return pageFrom(rows, limit, placeOf, (row) => showException(row, policy, now()));
  },
});

function endsBefore(policy: Parameters<typeof expiringFrom>[1], now: Date): Date {
  const lead = -expiringFrom(new Date(0), policy).getTime();
  return new Date(now.getTime() + lead);
}

const get = route({
  id: 'getException',
  method: 'GET',
  path: '/api/v1/exceptions/{id}',
  summary: 'One exception',
  permission: 'findings:read',
  ...nothing,
  params: byId,
  answer: shownException,
  async handle({ params, principal }, { query, now }) {
    const row = await foundException(query, params.id, known(principal), false);
    return showException(row, await currentExceptionPolicy(query), now());
  },
});

const events = route({
  id: 'listExceptionEvents',
  method: 'GET',
  path: '/api/v1/exceptions/{id}/events',
  summary: 'All that happened to an exception, comments included, the newest first',
  permission: 'findings:read',
  ...nothing,
  params: byId,
  answer: z.object({
    items: z.array(z.object({ at: z.iso.datetime(), by: z.string(), kind: z.string(), details: z.unknown() })),
  }),
  async handle({ params, principal }, { query }) {
    await foundException(query, params.id, known(principal), false);
    const rows = await exceptionEvents(query, params.id);
    const items = rows.map(({ at, actor_name, kind, details }) => ({
      at: at.toISOString(),
      by: actor_name,
      kind,
      details,
    }));
    return { items };
  },
});

const comment = route({
  id: 'addExceptionComment',
  method: 'POST',
  path: '/api/v1/exceptions/{id}/comments',
  summary: 'A comment in the history of an exception',
  permission: 'exceptions:request',
  ...nothing,
  params: byId,
  body: z.strictObject({ text: z.string().trim().min(1).max(10_000) }),
  answer: z.object({ added: z.literal(true) }),
  status: 201,
  handle({ params, body, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      await foundException(query, params.id, actor, false);
      const event = { kind: 'commented', details: { text: body.text }, at: context.now() };
      await addExceptionEvent(query, params.id, actor, event);
      return { answer: { added: true as const }, action: 'exception.comment', subject: `exception ${params.id}` };
    });
  },
});

const MAX_EXPORTED = 1000;
const MAX_FINDINGS = 10_000;

const exported = route({
  id: 'exportExceptions',
  method: 'GET',
  path: '/api/v1/exceptions/export',
  summary: 'Exceptions that hold: as YAML for plimsoll scan --exceptions, as OpenVEX or as CSAF',
  permission: 'findings:read',
  ...nothing,
  search: z.object({ format: z.enum(['yaml', 'openvex', 'csaf']).default('yaml') }),
  answer: z.unknown(),
  async handle({ search: { format }, principal }, { query, now }) {
    const actor = known(principal);
    const held = await heldExceptions(query, readerOf(actor), now());
    if (format === 'yaml') return new Download('application/yaml; charset=utf-8', 'exceptions.yaml', yaml(held));
    const facts = { id: randomUUID(), author: 'Plimsoll', at: now(), tool: `plimsoll ${programVersion}` };
    const document = format === 'openvex' ? openvex(held, facts) : csaf(held, facts);
    return new Download('application/json', `exceptions.${format}.json`, `${JSON.stringify(document, undefined, 2)}\n`);
  },
});

async function heldExceptions(query: Query, reader: ExceptionReader, now: Date): Promise<ExportedException[]> {
  const page = { states: ['approved'], endsBefore: undefined, limit: MAX_EXPORTED, after: undefined } as const;
  const held: ExportedException[] = [];
  for (const row of await listExceptions(query, reader, page)) {
    if (row.expires_at <= now) continue;
    const findings = await findingsHiddenBy(query, row.id, reader.scopes, MAX_FINDINGS);
    held.push({
      id: row.id,
      scope: row.scope,
      reason: row.reason,
      text: row.explanation,
      requester: row.requester_name,
      approvers: row.approvals.map(({ name }) => name),
      createdAt: row.created_at,
      approvedAt: row.approved_at ?? row.created_at,
      expiresAt: row.expires_at,
      findings: findings.map(({ kind, rule, subject, asset_kind, asset_name }) => ({
        kind,
        rule,
        subject,
        asset: { kind: asset_kind, name: asset_name },
      })),
    });
  }
  return held;
}

const versioned = z.object({ version: z.int(), policy: exceptionPolicy });

const policy = route({
  id: 'getExceptionPolicy',
  method: 'GET',
  path: '/api/v1/exception-policy',
  summary: 'How long exceptions may hold and how many people approve them, by severity',
  permission: 'findings:read',
  ...nothing,
  answer: versioned,
  handle: (_, { query }) => exceptionPolicyVersion(query),
});

const setPolicy = route({
  id: 'setExceptionPolicy',
  method: 'PUT',
  path: '/api/v1/exception-policy',
  summary: 'Changes how long exceptions may hold and how many people approve them; what was approved stays',
  permission: 'policies:write',
  ...nothing,
  body: exceptionPolicy,
  answer: versioned,
  handle({ body, headers, principal }, context) {
    const actor = known(principal);
    needUnlimited(actor, 'policies:write');
    return audited(context, actor, async (query) => {
      const before = await exceptionPolicyVersion(query);
      assertUnchanged(headers, before);
      await setExceptionPolicy(query, body, actor.account, context.now());
      const answer = await exceptionPolicyVersion(query);
      const details = { before: before.policy, after: body };
      return { answer, action: 'exception-policy.set', subject: `exception policy ${answer.version}`, details };
    });
  },
});

export const exceptionReadRoutes: readonly Route[] = [list, exported, get, events, comment, policy, setPolicy];
