import type { Selectable } from 'kysely';
import type { Scope } from '#identity/index.ts';
import type { EventKind, RemoteTicket } from '#notifications/index.ts';
import { visibleAssets } from '../access.ts';
import type { Query } from '../index.ts';
import type { TicketTable, TrackerTable } from '../tables/tickets.ts';
import { type Listing, ownedWithin, type TeamReach } from './channels.ts';
import { enqueue } from './jobs.ts';

export type StoredTracker = Selectable<TrackerTable>;
export type StoredTicket = Selectable<TicketTable>;

/** The kinds of jobs about tickets; payloads: `{ ticket: uuid }`, with `event` for an update, and none to poll. */
export const TICKET_JOBS = {
  create: 'tickets.create',
  update: 'tickets.update',
  poll: 'tickets.poll',
  refresh: 'tickets.refresh',
} as const;

type TrackerContent = Pick<StoredTracker, 'id' | 'name' | 'enabled' | 'settings' | 'sealed'>;

export async function addTracker(
  query: Query,
  tracker: TrackerContent & Pick<StoredTracker, 'kind' | 'team_id'>,
  now: Date,
): Promise<void> {
  await query
    .insertInto('tracker')
    .values({
      ...tracker,
      settings: JSON.stringify(tracker.settings),
      polled_at: now,
      created_at: now,
      updated_at: now,
    })
    .execute();
}

export async function changeTracker(query: Query, { id, settings, ...rest }: TrackerContent, now: Date): Promise<void> {
  await query
    .updateTable('tracker')
    .set({ ...rest, settings: JSON.stringify(settings), updated_at: now })
    .where('id', '=', id)
    .execute();
}

export async function removeTracker(query: Query, id: string): Promise<void> {
  await query.deleteFrom('tracker').where('id', '=', id).execute();
}

/** By id. */
export function listTrackers(query: Query, { reach, after, limit }: Listing<string>): Promise<StoredTracker[]> {
  return query
    .selectFrom('tracker')
    .selectAll()
    .where(ownedWithin(reach))
    .$if(after !== undefined, (page) => page.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute();
}

export function findTracker(query: Query, id: string, reach: TeamReach): Promise<StoredTracker | undefined> {
  return query.selectFrom('tracker').selectAll().where('id', '=', id).where(ownedWithin(reach)).executeTakeFirst();
}

const MAX_TRACKERS = 1000;

export function activeTrackers(query: Query): Promise<StoredTracker[]> {
  return query
    .selectFrom('tracker')
    .selectAll()
    .where('enabled', '=', true)
    .orderBy('id')
    .limit(MAX_TRACKERS)
    .execute();
}

/** Up to when changes there are known, or why they are not. */
export async function notePoll(query: Query, id: string, poll: { at: Date } | { error: string }): Promise<void> {
  const set = 'at' in poll ? { polled_at: poll.at, error: null } : { error: poll.error.slice(0, 500) };
  await query.updateTable('tracker').set(set).where('id', '=', id).execute();
}

/** What a ticket is made from; undefined when there is none, or it is not for them to see. */
export function findingForTicket(query: Query, id: string, scopes: readonly Scope[]) {
  return query
    .selectFrom('finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .leftJoin('team', 'team.id', 'asset.team_id')
    .select([
      'finding.id',
      'finding.title',
      'finding.severity',
      'finding.rule',
      'finding.state',
      'finding.due_at',
      'asset.name as asset',
      'asset.team_id',
      'team.name as team',
    ])
    .where('finding.id', '=', id)
    .where(visibleAssets(scopes))
    .executeTakeFirst();
}

/** Has a ticket made; the one that is there already when there is. In a transaction. */
export async function requestTicket(query: Query, tracker: string, finding: string, now: Date): Promise<StoredTicket> {
  const added = await query
    .insertInto('ticket')
    .values({ tracker_id: tracker, finding_id: finding, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (added === undefined)
    return query
      .selectFrom('ticket')
      .selectAll()
      .where('tracker_id', '=', tracker)
      .where('finding_id', '=', finding)
      .executeTakeFirstOrThrow();
  await enqueue(query, { kind: TICKET_JOBS.create, payload: { ticket: added.id }, runAt: now });
  return added;
}

export function findTicket(query: Query, id: string): Promise<StoredTicket | undefined> {
  return query.selectFrom('ticket').selectAll().where('id', '=', id).executeTakeFirst();
}

export function ticketByKey(query: Query, tracker: string, key: string): Promise<StoredTicket | undefined> {
  return query
    .selectFrom('ticket')
    .selectAll()
    .where('tracker_id', '=', tracker)
    .where('remote_key', '=', key)
    .forUpdate()
    .executeTakeFirst();
}

/** What is known of it there. */
export async function noteRemote(query: Query, id: string, remote: RemoteTicket, now: Date): Promise<void> {
  await query
    .updateTable('ticket')
    .set({
      remote_key: remote.key,
      url: remote.url,
      remote_status: remote.status,
      remote_state: remote.state,
      error: null,
      synced_at: now,
    })
    .where('id', '=', id)
    .execute();
}

export async function noteTicketError(query: Query, id: string, error: string): Promise<void> {
  await query
    .updateTable('ticket')
    .set({ error: error.slice(0, 500) })
    .where('id', '=', id)
    .execute();
}

export async function addConflict(query: Query, id: string, description: string, now: Date): Promise<void> {
  await query.insertInto('ticket_conflict').values({ ticket_id: id, at: now, description }).execute();
}

/** Has a ticket commented on. In the transaction that makes it necessary. */
export async function enqueueTicketComment(query: Query, id: string, comment: string, now: Date): Promise<void> {
  await enqueue(query, { kind: TICKET_JOBS.update, payload: { ticket: id, comment }, runAt: now });
}

/** Trackers that work on findings in these scopes can be planned in: those of everybody, and of the teams. By name. */
export function usableTrackers(query: Query, teams: TeamReach): Promise<StoredTracker[]> {
  return query
    .selectFrom('tracker')
    .selectAll()
    .where('enabled', '=', true)
    .where(({ eb, or }) => or([eb('team_id', 'is', null), ownedWithin(teams)]))
    .orderBy('name')
    .limit(MAX_TRACKERS)
    .execute();
}

/** Has the tickets of findings told of events. In the transaction that gives the events to the rules. */
export async function enqueueTicketUpdates(
  query: Query,
  events: readonly { readonly finding: string; readonly kind: EventKind }[],
  now: Date,
): Promise<void> {
  if (events.length === 0) return;
  const ids = [...new Set(events.map(({ finding }) => finding))];
  const tickets = await query
    .selectFrom('ticket')
    .select(['id', 'finding_id'])
    .where('finding_id', 'in', ids)
    .execute();
  for (const { id, finding_id: finding } of tickets)
    for (const { kind } of events.filter((event) => event.finding === finding))
      await enqueue(query, { kind: TICKET_JOBS.update, payload: { ticket: id, event: kind }, runAt: now });
}

export interface TicketListing {
  readonly scopes: readonly Scope[];
  readonly after: string | undefined;
  readonly limit: number;
  readonly finding: string | undefined;
}

/** By id, of findings that they may see. */
export function listTickets(query: Query, { scopes, after, limit, finding }: TicketListing): Promise<StoredTicket[]> {
  return query
    .selectFrom('ticket')
    .innerJoin('finding', 'finding.id', 'ticket.finding_id')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .selectAll('ticket')
    .where(visibleAssets(scopes))
    .$if(after !== undefined, (page) => page.where('ticket.id', '>', after ?? ''))
    .$if(finding !== undefined, (page) => page.where('ticket.finding_id', '=', finding ?? ''))
    .orderBy('ticket.id')
    .limit(limit)
    .execute();
}

export function conflictsOf(query: Query, id: string) {
  return query
    .selectFrom('ticket_conflict')
    .select(['at', 'description'])
    .where('ticket_id', '=', id)
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
}
