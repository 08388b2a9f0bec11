import { z } from 'zod';
import { scopesOf } from '#identity/index.ts';
import {
  conflictsOf,
  findingForTicket,
  findTicket,
  findTracker,
  listTickets,
  requestTicket,
  type StoredTicket,
} from '#storage/index.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, byId, known } from '../accounts/rights.ts';

const ticket = z.object({
  id: z.uuid(),
  tracker: z.uuid(),
  finding: z.uuid(),
  /** `SHOP-12`; null until it is made there. */
  key: z.string().nullable(),
  url: z.string().nullable(),
  /** In the tracker's words. */
  status: z.string(),
  state: z.enum(['open', 'in-progress', 'closed']),
  error: z.string().nullable(),
  createdAt: z.iso.datetime(),
  syncedAt: z.iso.datetime().nullable(),
});

const show = (row: StoredTicket): z.infer<typeof ticket> => ({
  id: row.id,
  tracker: row.tracker_id,
  finding: row.finding_id,
  key: row.remote_key,
  url: row.url,
  status: row.remote_status,
  state: row.remote_state,
  error: row.error,
  createdAt: row.created_at.toISOString(),
  syncedAt: row.synced_at?.toISOString() ?? null,
});

const list = route({
  id: 'listTickets',
  method: 'GET',
  path: '/api/v1/tickets',
  summary: 'Tickets of the findings that you may see, or of one finding',
  permission: 'findings:read',
  ...nothing,
  search: z.object({ ...pageSearch, finding: z.uuid().optional() }),
  answer: pageOf(ticket),
  async handle({ search: { limit, cursor, finding }, principal }, { query }) {
    const scopes = scopesOf(known(principal), 'findings:read');
    const after = readCursor(cursor, z.uuid());
    const rows = await listTickets(query, { scopes, after, limit: limit + 1, finding });
    return pageFrom(rows, limit, ({ id }) => id, show);
  },
});

const get = route({
  id: 'getTicket',
  method: 'GET',
  path: '/api/v1/tickets/{id}',
  summary: 'A ticket, and where it and its finding disagreed',
  permission: 'findings:read',
  ...nothing,
  params: byId,
  answer: ticket.extend({ conflicts: z.array(z.object({ at: z.iso.datetime(), description: z.string() })) }),
  async handle({ params: { id }, principal }, { query }) {
    const scopes = scopesOf(known(principal), 'findings:read');
    const found = await findTicket(query, id);
    if (found === undefined || (await findingForTicket(query, found.finding_id, scopes)) === undefined)
      throw notFound('ticket');
    const conflicts = await conflictsOf(query, id);
    return {
      ...show(found),
      conflicts: conflicts.map(({ at, description }) => ({ at: at.toISOString(), description })),
    };
  },
});

const add = route({
  id: 'addTicket',
  method: 'POST',
  path: '/api/v1/tickets',
  summary: 'Has a ticket of a finding made; the one that is there already is given back',
  permission: 'findings:triage',
  ...nothing,
  body: z.strictObject({ finding: z.uuid(), tracker: z.uuid() }),
  answer: ticket,
  status: 202,
  handle({ body, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const finding = await findingForTicket(query, body.finding, scopesOf(actor, 'findings:triage'));
      if (finding === undefined) throw notFound('finding');
      const tracker = await findTracker(query, body.tracker, 'all');
      // What a finding says is for its own team, and for those whom the whole organisation trusts.
      if (tracker?.enabled !== true || (tracker.team_id !== null && tracker.team_id !== finding.team_id))
        throw new RequestProblem(400, 'invalid-request', 'The ticket needs another tracker.', [
          { field: 'body.tracker', message: 'There is none of this id for findings of this team.' },
        ]);
      const made = await requestTicket(query, tracker.id, finding.id, context.now());
      const details = { finding: finding.id, tracker: tracker.id };
      return { answer: show(made), action: 'ticket.add', subject: made.id, details };
    });
  },
});

export const ticketRoutes: readonly Route[] = [list, get, add];
