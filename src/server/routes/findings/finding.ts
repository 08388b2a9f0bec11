import { z } from 'zod';
import { type Principal, scopesOf } from '#identity/index.ts';
import {
  applyChange,
  eventsOf,
  type FoundFinding,
  findFinding,
  occurrencesOf,
  publish,
  type Query,
} from '#storage/index.ts';
import { assertUnchanged } from '../../entity-tag.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, byId, known } from '../accounts/rights.ts';
import { changeBody, changeFinding } from './change.ts';
import { listed, show } from './shape.ts';

const when = z.iso.datetime();

const occurrence = z.object({
  digest: z.string(),
  platform: z.string().nullable(),
  tags: z.array(z.string()),
  package: z.string().nullable(),
  location: z.string(),
  tool: z.string(),
  firstSeenAt: when,
  lastSeenAt: when,
  /** Null: it is there now. */
  goneAt: when.nullable(),
  details: z.unknown(),
});

const event = z.object({
  id: z.int(),
  at: when,
  /** Null for Plimsoll itself. */
  actor: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  kind: z.string(),
  details: z.unknown(),
});

const detailed = z.object({
  ...listed.shape,
  assigneeName: z.string().nullable(),
  isDueSetByHand: z.boolean(),
  /** What the newest scan said: references, fixed versions, receipt of how soon to act. */
  details: z.unknown(),
  /** Where it is, at most 200. */
  occurrences: z.array(occurrence),
});

type Detailed = z.infer<typeof detailed>;

async function detailsOf(query: Query, row: FoundFinding): Promise<Detailed> {
  const occurrences = await occurrencesOf(query, row.id);
  return {
    ...show(row),
    assigneeName: row.assignee_name,
    isDueSetByHand: row.due_by_hand,
    details: row.details,
    occurrences: occurrences.map((one) => ({
      digest: one.digest,
      platform: one.platform,
      tags: one.tags ?? [],
      package: one.purl,
      location: one.location,
      tool: one.tool,
      firstSeenAt: one.first_seen_at.toISOString(),
      lastSeenAt: one.last_seen_at.toISOString(),
      goneAt: one.gone_at?.toISOString() ?? null,
      details: one.details,
    })),
  };
}

/** What the principal may see and, with `permission`, do something about. */
async function found(query: Query, id: string, principal: Principal, permission: 'findings:read' | 'findings:triage') {
  const row = await findFinding(query, id, scopesOf(principal, permission), permission === 'findings:triage');
  if (row === undefined) throw notFound('finding');
  return row;
}

const get = route({
  id: 'getFinding',
  method: 'GET',
  path: '/api/v1/findings/{id}',
  summary: 'One finding: where it is, how to be rid of it, and why it is as urgent as it is',
  permission: 'findings:read',
  ...nothing,
  params: byId,
  answer: detailed,
  async handle({ params, principal }, { query }) {
    return detailsOf(query, await found(query, params.id, known(principal), 'findings:read'));
  },
});

const history = route({
  id: 'listFindingEvents',
  method: 'GET',
  path: '/api/v1/findings/{id}/events',
  summary: 'All that happened to a finding, comments included, the newest first',
  permission: 'findings:read',
  ...nothing,
  params: byId,
  search: z.object(pageSearch),
  answer: pageOf(event),
  async handle({ params, search: { limit, cursor }, principal }, { query }) {
    await found(query, params.id, known(principal), 'findings:read');
    const rows = await eventsOf(query, params.id, readCursor(cursor, z.int()), limit + 1);
    return pageFrom(
      rows,
      limit,
      ({ id }) => id,
      ({ id, at, actor, actor_name, kind, details }) => ({
        id,
        at: at.toISOString(),
        actor: actor === null ? null : { id: actor, name: actor_name ?? '' },
        kind,
        details,
      }),
    );
  },
});

const comment = route({
  id: 'addFindingComment',
  method: 'POST',
  path: '/api/v1/findings/{id}/comments',
  summary: 'A comment in the history of a finding',
  permission: 'findings:triage',
  ...nothing,
  params: byId,
  body: z.strictObject({ text: z.string().trim().min(1).max(10_000) }),
  answer: z.object({ added: z.literal(true) }),
  status: 201,
  handle({ params, body, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      await found(query, params.id, actor, 'findings:triage');
      const change = { kind: 'comment', text: body.text } as const;
      const at = context.now();
      const done = await applyChange(query, params.id, change, { actor: actor.account, at });
      if (!done.ok) throw new RequestProblem(409, 'not-possible', done.error);
      await publish(query, { kind: 'finding.commented', at, finding: params.id, details: { by: actor.name } });
      return { answer: { added: true as const }, action: 'finding.comment', subject: `finding ${params.id}` };
    });
  },
});

const change = route({
  id: 'changeFinding',
  method: 'PATCH',
  path: '/api/v1/findings/{id}',
  summary: 'Who does something about a finding, until when, and where it stands',
  permission: 'findings:triage',
  ...nothing,
  params: byId,
  body: changeBody,
  answer: detailed,
  handle({ params, body, headers, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const row = await found(query, params.id, actor, 'findings:triage');
      assertUnchanged(headers, await detailsOf(query, row));
      const { error } = await changeFinding(query, row, body, actor, context.now());
      if (error !== undefined) throw new RequestProblem(409, 'not-possible', error);
      const after = await found(query, params.id, actor, 'findings:triage');
      const answer = await detailsOf(query, after);
      return { answer, action: 'finding.change', subject: `finding ${params.id}`, details: { ...body } };
    });
  },
});

export const findingRoutes: readonly Route[] = [get, history, comment, change];
