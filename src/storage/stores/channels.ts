import { type Expression, type Selectable, type SqlBool, sql } from 'kysely';
import type { Query } from '../index.ts';
import type { ChannelTable, NotificationRuleTable } from '../tables/notifications.ts';

/** Whose channels, rules and deliveries somebody has a say in: of all, or of these teams. */
export type TeamReach = 'all' | readonly string[];

export type StoredChannel = Selectable<ChannelTable>;

/** Belongs in the `where` of every query for somebody, on a table with `team_id`. */
export function ownedWithin(reach: TeamReach): Expression<SqlBool> {
  return reach === 'all' ? sql<SqlBool>`true` : sql<SqlBool>`team_id = any(${[...reach]}::uuid[])`;
}

export async function addChannel(
  query: Query,
  channel: Pick<StoredChannel, 'id' | 'kind' | 'name' | 'team_id' | 'enabled' | 'settings' | 'sealed'>,
  now: Date,
): Promise<void> {
  await query
    .insertInto('channel')
    .values({ ...channel, settings: JSON.stringify(channel.settings), created_at: now, updated_at: now })
    .execute();
}

export interface Listing<Place> {
  readonly reach: TeamReach;
  /** Where the page before ended. */
  readonly after: Place | undefined;
  readonly limit: number;
}

/** By id. */
export function listChannels(query: Query, { reach, after, limit }: Listing<string>): Promise<StoredChannel[]> {
  return query
    .selectFrom('channel')
    .selectAll()
    .where(ownedWithin(reach))
    .$if(after !== undefined, (page) => page.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute();
}

export function findChannel(query: Query, id: string, reach: TeamReach): Promise<StoredChannel | undefined> {
  return query.selectFrom('channel').selectAll().where('id', '=', id).where(ownedWithin(reach)).executeTakeFirst();
}

export async function changeChannel(
  query: Query,
  { id, name, enabled, settings, sealed }: Pick<StoredChannel, 'id' | 'name' | 'enabled' | 'settings' | 'sealed'>,
  now: Date,
): Promise<void> {
  await query
    .updateTable('channel')
    .set({ name, enabled, settings: JSON.stringify(settings), sealed, updated_at: now })
    .where('id', '=', id)
    .execute();
}

/** With its rules and deliveries. */
export async function removeChannel(query: Query, id: string): Promise<void> {
  await query.deleteFrom('channel').where('id', '=', id).execute();
}

/** What the receiver calls the first message of a thread. */
export async function findThread(query: Query, channel: string, thread: string): Promise<string | undefined> {
  const found = await query
    .selectFrom('channel_thread')
    .select('reference')
    .where('channel_id', '=', channel)
    .where('thread', '=', thread)
    .executeTakeFirst();
  return found?.reference;
}

/** The first stays. */
export async function noteThread(query: Query, channel: string, thread: string, reference: string): Promise<void> {
  await query
    .insertInto('channel_thread')
    .values({ channel_id: channel, thread, reference })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export type StoredRule = Selectable<NotificationRuleTable>;
type RuleContent = Omit<StoredRule, 'created_at' | 'updated_at'>;

export async function addRule(query: Query, rule: Omit<RuleContent, 'id'>, now: Date): Promise<string> {
  const added = await query
    .insertInto('notification_rule')
    .values({ ...documents(rule), team_id: rule.team_id, created_at: now, updated_at: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  return added.id;
}

export async function changeRule(
  query: Query,
  { id, ...rule }: Omit<RuleContent, 'team_id'>,
  now: Date,
): Promise<void> {
  await query
    .updateTable('notification_rule')
    .set({ ...documents(rule), updated_at: now })
    .where('id', '=', id)
    .execute();
}

function documents(rule: Omit<RuleContent, 'id' | 'team_id'>) {
  return {
    name: rule.name,
    channel_id: rule.channel_id,
    enabled: rule.enabled,
    filter: JSON.stringify(rule.filter),
    grouping_by: rule.grouping_by,
    schedule: JSON.stringify(rule.schedule),
    quiet_hours: rule.quiet_hours === null ? null : JSON.stringify(rule.quiet_hours),
    time_zone: rule.time_zone,
  };
}

/** By id. */
export function listRules(query: Query, { reach, after, limit }: Listing<string>): Promise<StoredRule[]> {
  return query
    .selectFrom('notification_rule')
    .selectAll()
    .where(ownedWithin(reach))
    .$if(after !== undefined, (page) => page.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute();
}

export function findRule(query: Query, id: string, reach: TeamReach): Promise<StoredRule | undefined> {
  return query
    .selectFrom('notification_rule')
    .selectAll()
    .where('id', '=', id)
    .where(ownedWithin(reach))
    .executeTakeFirst();
}

export async function removeRule(query: Query, id: string): Promise<void> {
  await query.deleteFrom('notification_rule').where('id', '=', id).execute();
}

const MAX_RULES = 5000;

/** Those that are on, of channels that are on. */
export function activeRules(query: Query): Promise<StoredRule[]> {
  return query
    .selectFrom('notification_rule')
    .innerJoin('channel', 'channel.id', 'notification_rule.channel_id')
    .selectAll('notification_rule')
    .where('notification_rule.enabled', '=', true)
    .where('channel.enabled', '=', true)
    .orderBy('notification_rule.id')
    .limit(MAX_RULES)
    .execute();
}
