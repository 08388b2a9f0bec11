import { type Expression, expressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#identity/index.ts';
import { visibleAssets } from '../access.ts';
import type { Query, Tables } from '../index.ts';
import type { TeamReach } from './channels.ts';
import { readableException } from './exceptions.ts';

/** Where a reader is: behind all of `transaction` up to the event `id` in it. */
export interface LivePlace {
  readonly transaction: string;
  readonly id: number;
}

export interface LiveEvent extends LivePlace {
  readonly at: Date;
  readonly topic: string;
  readonly change: string;
  readonly subject: string;
  readonly asset: string | null;
  readonly facts: object;
}

/** Whom events are for, by what they may see. */
export interface LiveAudience {
  readonly account: string;
  /** Where they may read findings. */
  readonly findings: readonly Scope[];
  /** Whose messages they have a say in. */
  readonly messages: TeamReach;
  /** They may see how the server does. */
  readonly system: boolean;
}

/** The end of what there is: everything that comes later is behind it. */
export async function liveEnd(query: Query): Promise<LivePlace> {
  const { rows } = await sql<{ transaction: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as transaction`.execute(query);
  return { transaction: rows[0]?.transaction ?? '0', id: 0 };
}

/** Whether events may be missing behind a place: they are kept for a day, and their numbers begin anew in a restored database. */
export async function isLostPlace(query: Query, { transaction }: LivePlace): Promise<boolean> {
  const { rows } = await sql<{ lost: boolean }>`
    select ${transaction}::xid8 > pg_snapshot_xmax(pg_current_snapshot()) or ${transaction}::xid8 < transaction as lost
    from live_horizon`.execute(query);
  return rows[0]?.lost !== false;
}

/** The next events behind a place that the audience may know of, and where to go on: behind all that was looked at. */
export async function liveEvents(
  query: Query,
  after: LivePlace,
  audience: LiveAudience,
  limit: number,
): Promise<{ readonly events: LiveEvent[]; readonly place: LivePlace }> {
  const next = query
    .selectFrom('live_event')
    .selectAll('live_event')
    .where(sql<SqlBool>`(transaction, id) > (${after.transaction}::xid8, ${after.id}::bigint)`)
    .where(sql<SqlBool>`transaction < pg_snapshot_xmin(pg_current_snapshot())`)
    .orderBy('transaction')
    .orderBy('id')
    .limit(limit);
  const rows = await query
    .with('next', () => next)
    .selectFrom('next as live_event')
    .leftJoin('asset', 'asset.id', 'live_event.asset_id')
    .select([
      'live_event.id',
      sql<string>`live_event.transaction::text`.as('transaction'),
      'live_event.at',
      'live_event.topic',
      'live_event.change',
      'live_event.subject_id as subject',
      'live_event.asset_id as asset',
      'live_event.facts',
      isFor(audience).as('visible'),
    ])
    .orderBy('live_event.transaction')
    .orderBy('live_event.id')
    .execute();
  const last = rows.at(-1);
  const events = rows.flatMap(({ visible, ...event }) => (visible ? [event] : []));
  return { events, place: last === undefined ? after : { transaction: last.transaction, id: last.id } };
}

/** A topic that is not named here is for nobody. */
function isFor({ account, findings, messages, system }: LiveAudience): RawBuilder<boolean> {
  const eb = expressionBuilder<Pick<Tables, 'live_event' | 'asset'>, 'live_event' | 'asset'>();
  const isOf = (...topics: readonly string[]) => eb('live_event.topic', 'in', [...topics]);
  const teams = messages === 'all' ? [] : messages;
  const ofTeams = teams.length > 0 ? eb('live_event.team_id', 'in', [...teams]) : eb.lit(false);
  const seen = eb.or([
    eb.and([isOf('finding', 'findings'), eb('asset.id', 'is not', null), visibleAssets(findings)]),
    eb.and([isOf('exception'), isReadable(account, findings)]),
    eb.and([isOf('delivery'), messages === 'all' ? eb.lit(true) : ofTeams]),
    eb.and([isOf('job'), eb.lit(system)]),
  ]);
  return sql<boolean>`coalesce(${seen}, false)`;
}

function isReadable(account: string, scopes: readonly Scope[]): Expression<SqlBool> {
  const eb = expressionBuilder<Pick<Tables, 'live_event' | 'exception'>, 'live_event'>();
  if (scopes.length === 0) return eb.lit(false);
  const found = eb
    .selectFrom('exception')
    .select('exception.id')
    .where(sql<SqlBool>`exception.id::text = live_event.subject_id`)
    .where(readableException({ account, scopes }));
  return eb.exists(found);
}

/** What nobody will ask for again. */
export async function removeOldLiveEvents(query: Query, before: Date): Promise<void> {
  await sql`
    with removed as (delete from live_event where at < ${before} returning transaction)
    update live_horizon set transaction = last.transaction
    from (select transaction from removed order by transaction desc limit 1) as last
    where last.transaction > live_horizon.transaction`.execute(query);
}
