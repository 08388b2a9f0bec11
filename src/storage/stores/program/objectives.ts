import { type SqlBool, sql } from 'kysely';
import type { Severity } from '#model/index.ts';
import { isoDay, type ObjectiveState } from '#program/index.ts';
import type { Query } from '../../index.ts';
import type { TeamReach } from '../channels.ts';

export interface NewObjective {
  readonly title: string;
  readonly metric: string;
  readonly team: string | null;
  readonly severity: Severity | null;
  readonly kind: string | null;
  readonly baseline: number;
  readonly target: number;
  /** `2026-11-24` */
  readonly startsOn: string;
  readonly endsOn: string;
  readonly owner: string;
}

export async function addObjective(query: Query, objective: NewObjective, at: Date): Promise<string> {
  const { team, startsOn, endsOn, ...rest } = objective;
  const { id } = await query
    .insertInto('objective')
    .values({ ...rest, team_id: team, starts_on: startsOn, ends_on: endsOn, created_at: at, closed_at: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

function select(query: Query) {
  return query
    .selectFrom('objective')
    .innerJoin('account', 'account.id', 'objective.owner')
    .leftJoin('team', 'team.id', 'objective.team_id')
    .select([
      'objective.id',
      'title',
      'metric',
      'objective.team_id as team',
      'team.name as teamName',
      'severity',
      'objective.kind',
      'baseline',
      'target',
      sql<string>`starts_on::text`.as('startsOn'),
      sql<string>`ends_on::text`.as('endsOn'),
      'owner',
      'account.name as ownerName',
      'objective.created_at as createdAt',
      'closed_at as closedAt',
    ]);
}

export type StoredObjective = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

/** Objectives of everybody, and of these teams; all of them for who sees all. Those that end first come first. */
export function listObjectives(
  query: Query,
  reach: TeamReach,
  page: { after?: readonly [string, string]; limit: number },
) {
  let found = select(query);
  if (reach !== 'all') found = found.where('objective.team_id', 'in', reach.length > 0 ? reach : [NOBODY]);
  if (page.after)
    found = found.where(sql<SqlBool>`(ends_on, objective.id) > (${page.after[0]}::date, ${page.after[1]}::uuid)`);
  return found.orderBy('ends_on').orderBy('objective.id').limit(page.limit).execute();
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

export async function findObjective(query: Query, id: string, reach: TeamReach): Promise<StoredObjective | undefined> {
  const found = await select(query).where('objective.id', '=', id).executeTakeFirst();
  if (found === undefined || reach === 'all') return found;
  return found.team !== null && reach.includes(found.team) ? found : undefined;
}

export async function changeObjective(
  query: Query,
  id: string,
  change: {
    readonly title?: string;
    readonly target?: number;
    readonly endsOn?: string;
    readonly owner?: string;
    readonly closedAt?: Date | null;
  },
): Promise<void> {
  const { title, target, endsOn, owner, closedAt } = change;
  await query
    .updateTable('objective')
    .set({
      ...(title !== undefined && { title }),
      ...(target !== undefined && { target }),
      ...(endsOn !== undefined && { ends_on: endsOn }),
      ...(owner !== undefined && { owner }),
      ...(closedAt !== undefined && { closed_at: closedAt }),
    })
    .where('id', '=', id)
    .execute();
}

export async function removeObjective(query: Query, id: string): Promise<void> {
  await query.deleteFrom('objective').where('id', '=', id).execute();
}

export interface CheckIn {
  readonly day: string;
  readonly value: number | null;
  readonly expected: number;
  readonly state: ObjectiveState;
}

/** The newest first. */
export function listCheckIns(query: Query, objective: string): Promise<CheckIn[]> {
  return query
    .selectFrom('objective_check_in')
    .select([sql<string>`day::text`.as('day'), 'value', 'expected', 'state'])
    .where('objective_id', '=', objective)
    .orderBy('day', 'desc')
    .limit(200)
    .execute();
}

/** Objectives that were not looked at for a week, and those whose date has come. */
export async function objectivesToCheck(query: Query, now: Date): Promise<StoredObjective[]> {
  return select(query)
    .where('closed_at', 'is', null)
    .where('starts_on', '<=', isoDay(now))
    .where(
      sql<SqlBool>`not exists (select from objective_check_in where objective_id = objective.id
        and day > least(${isoDay(now)}::date, ends_on) - 7 and (day >= ends_on or ${isoDay(now)}::date < ends_on))`,
    )
    .execute();
}

export async function addCheckIn(
  query: Query,
  objective: string,
  { day, value, expected, state }: CheckIn,
): Promise<void> {
  await query
    .insertInto('objective_check_in')
    .values({ objective_id: objective, day, value, expected, state })
    .onConflict((conflict) => conflict.columns(['objective_id', 'day']).doUpdateSet({ value, expected, state }))
    .execute();
}
