import { type Selectable, sql } from 'kysely';
import type { Scope } from '#identity/index.ts';
import { visibleAssets } from '../access.ts';
import type { Query } from '../index.ts';
import type { DeliveryState, DeliveryTable } from '../tables/notifications.ts';
import { type Listing, ownedWithin, type TeamReach } from './channels.ts';
import { enqueue } from './jobs.ts';

/** The kind of job that sends one; its payload is `{ delivery: uuid }`. */
export const DELIVER = 'notifications.deliver';

export type StoredDelivery = Selectable<DeliveryTable>;

/** An event with what is told of it, from the finding that it is about. */
function eventsWithFacts(query: Query) {
  return query
    .selectFrom('outbox_event')
    .leftJoin('finding', 'finding.id', 'outbox_event.finding_id')
    .leftJoin('asset', 'asset.id', 'finding.asset_id')
    .leftJoin('team', (join) =>
      join.onRef('team.id', '=', ({ fn }) => fn.coalesce('asset.team_id', 'outbox_event.team_id')),
    )
    .select(({ fn }) => [
      'outbox_event.id',
      'outbox_event.uid',
      'outbox_event.kind',
      'outbox_event.at',
      'outbox_event.subject_kind',
      'outbox_event.subject_id',
      'outbox_event.details',
      fn.coalesce('finding.title', 'outbox_event.title').as('title'),
      fn.coalesce('finding.severity', 'outbox_event.severity').as('severity'),
      'finding.kind as finding_kind',
      'finding.rule as finding_rule',
      'asset.id as asset_id',
      'asset.name as asset_name',
      'team.id as team_id',
      'team.name as team_name',
    ]);
}

export type EventWithFacts = Awaited<ReturnType<ReturnType<typeof eventsWithFacts>['execute']>>[number];

/** Takes events that were given to no rule yet, once: called again after a crash it takes what is left. In a transaction. */
export async function takeUnrouted(query: Query, ids: readonly number[], now: Date): Promise<EventWithFacts[]> {
  if (ids.length === 0) return [];
  const taken = await query
    .updateTable('outbox_event')
    .set({ routed_at: now })
    .where('id', 'in', ids)
    .where('routed_at', 'is', null)
    .returning('id')
    .execute();
  if (taken.length === 0) return [];
  return eventsWithFacts(query)
    .where(
      'outbox_event.id',
      'in',
      taken.map(({ id }) => id),
    )
    .orderBy('outbox_event.id')
    .execute();
}

/** Which of them a team may know of: its own, and those about findings of its assets. */
export async function eventsOfTeam(query: Query, ids: readonly number[], team: string): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  const scopes: readonly Scope[] = [{ kind: 'team', team }];
  const rows = await query
    .selectFrom('outbox_event')
    .leftJoin('finding', 'finding.id', 'outbox_event.finding_id')
    .leftJoin('asset', 'asset.id', 'finding.asset_id')
    .select('outbox_event.id')
    .where('outbox_event.id', 'in', ids)
    .where(({ and, eb, or }) =>
      or([
        and([eb('outbox_event.finding_id', 'is', null), eb('outbox_event.team_id', '=', team)]),
        and([eb('asset.id', 'is not', null), visibleAssets(scopes)]),
      ]),
    )
    .execute();
  return new Set(rows.map(({ id }) => id));
}

export interface Gathering {
  readonly rule: string;
  readonly channel: string;
  readonly team: string | null;
  readonly thread: string;
  readonly events: readonly number[];
  /** Of a new message; one that gathers already keeps its time. */
  readonly runAt: Date;
}

/** Adds events to the message of the rule that gathers them, or begins one. In a transaction: whoever sends it meanwhile waits for us, and sees them. */
export async function gather(query: Query, gathering: Gathering, now: Date): Promise<void> {
  const { rule, channel, team, thread, events, runAt } = gathering;
  const delivery = await query
    .insertInto('delivery')
    .values({ rule_id: rule, channel_id: channel, team_id: team, thread, run_at: runAt, created_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['rule_id', 'thread'])
        .where('state', '=', 'gathering')
        .doUpdateSet(({ ref }) => ({ run_at: ref('delivery.run_at') })),
    )
    .returning(['id', sql<boolean>`xmax = 0`.as('fresh')])
    .executeTakeFirstOrThrow();
  await query
    .insertInto('delivery_event')
    .values(events.map((event) => ({ delivery_id: delivery.id, event_id: event })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  if (delivery.fresh) await enqueue(query, { kind: DELIVER, payload: { delivery: delivery.id }, runAt });
}

/** Closes it for more events and gives it; undefined when there is nothing (more) to send. */
export async function takeDelivery(query: Query, id: string): Promise<StoredDelivery | undefined> {
  return query
    .updateTable('delivery')
    .set({ state: 'waiting' })
    .where('id', '=', id)
    .where('state', 'in', ['gathering', 'waiting'])
    .returningAll()
    .executeTakeFirst();
}

/** Whether an earlier message of the same thread is still to be sent: they arrive in order. */
export async function isBehindAnother(
  query: Query,
  { channel_id, thread, seq }: Pick<StoredDelivery, 'channel_id' | 'thread' | 'seq'>,
): Promise<boolean> {
  const earlier = await query
    .selectFrom('delivery')
    .select('id')
    .where('channel_id', '=', channel_id)
    .where('thread', '=', thread)
    .where('state', '=', 'waiting')
    .where('seq', '<', seq)
    .limit(1)
    .executeTakeFirst();
  return earlier !== undefined;
}

/** The oldest of its events with facts, and how many there are. */
export async function eventsOfDelivery(
  query: Query,
  id: string,
  limit: number,
): Promise<{ readonly events: EventWithFacts[]; readonly total: number }> {
  const events = await eventsWithFacts(query)
    .innerJoin('delivery_event', 'delivery_event.event_id', 'outbox_event.id')
    .where('delivery_event.delivery_id', '=', id)
    .orderBy('outbox_event.id')
    .limit(limit)
    .execute();
  const { total } = await query
    .selectFrom('delivery_event')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('delivery_id', '=', id)
    .executeTakeFirstOrThrow();
  return { events, total };
}

export interface Attempt {
  readonly outcome: 'delivered' | 'failed' | 'rejected';
  readonly error?: string | undefined;
  /** Of a failed one; without it nobody tries again until a person says so. */
  readonly retryAt?: Date | undefined;
}

/** Writes down what came of an attempt, and has the next one made. In a transaction. */
export async function recordAttempt(query: Query, id: string, attempt: Attempt, now: Date): Promise<void> {
  const { outcome, error, retryAt } = attempt;
  const words = error?.slice(0, 500) ?? null;
  await query.insertInto('delivery_attempt').values({ delivery_id: id, at: now, outcome, error: words }).execute();
  const state: DeliveryState = outcome === 'delivered' ? 'delivered' : retryAt ? 'waiting' : 'dead';
  await query
    .updateTable('delivery')
    .set({
      state,
      error: words,
      attempts: sql`attempts + 1`,
      ...(retryAt ? { run_at: retryAt } : { finished_at: now }),
    })
    .where('id', '=', id)
    .execute();
  if (retryAt) await enqueue(query, { kind: DELIVER, payload: { delivery: id }, runAt: retryAt });
}

/** Has one that was given up, or delivered, sent again; false when it is still to be sent anyway. In a transaction. */
export async function replay(query: Query, id: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await query
    .updateTable('delivery')
    .set({ state: 'waiting', attempts: 0, run_at: now, finished_at: null, error: null })
    .where('id', '=', id)
    .where('state', 'in', ['dead', 'delivered'])
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await enqueue(query, { kind: DELIVER, payload: { delivery: id }, runAt: now });
  return true;
}

export interface DeliveryFilter extends Listing<number> {
  readonly state: DeliveryState | undefined;
  readonly channel: string | undefined;
}

/** The newest first. */
export function listDeliveries(query: Query, { reach, after, limit, state, channel }: DeliveryFilter) {
  return query
    .selectFrom('delivery')
    .selectAll()
    .where(ownedWithin(reach))
    .$if(after !== undefined, (page) => page.where('seq', '<', after ?? 0))
    .$if(state !== undefined, (page) => page.where('state', '=', state ?? 'dead'))
    .$if(channel !== undefined, (page) => page.where('channel_id', '=', channel ?? ''))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
}

export function findDelivery(query: Query, id: string, reach: TeamReach): Promise<StoredDelivery | undefined> {
  return query.selectFrom('delivery').selectAll().where('id', '=', id).where(ownedWithin(reach)).executeTakeFirst();
}

export function attemptsOf(query: Query, id: string) {
  return query
    .selectFrom('delivery_attempt')
    .select(['at', 'outcome', 'error'])
    .where('delivery_id', '=', id)
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
}

/** Removes what was delivered before then, and events that nobody has to be told of any more. What is dead stays until somebody looked. */
export async function removeOldDeliveries(query: Query, before: Date): Promise<void> {
  await query.deleteFrom('delivery').where('state', '=', 'delivered').where('finished_at', '<', before).execute();
  await query
    .deleteFrom('outbox_event')
    .where('at', '<', before)
    .where('routed_at', 'is not', null)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('delivery_event').select('event_id').whereRef('delivery_event.event_id', '=', 'outbox_event.id'),
        ),
      ),
    )
    .execute();
}
