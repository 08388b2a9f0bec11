import { sql } from 'kysely';
import type { Scope } from '#identity/index.ts';
import { visibleAssets } from '../access.ts';
import type { Query } from '../index.ts';

export interface RuleCount {
  readonly kind: string;
  readonly rule: string;
  readonly open: number;
  /** First seen, or come back, in the last 30 days, and in the 30 days before. */
  readonly recent: number;
  readonly before: number;
}

/** How often findings of each rule are there, and came, of what somebody may see. Rules of vulnerabilities are counted as one. */
export function ruleCounts(
  query: Query,
  scopes: readonly Scope[],
  team: string | undefined,
  now: Date,
): Promise<RuleCount[]> {
  const day = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const rule = sql<string>`case when finding.kind = 'vulnerability' then '' else rule end`;
  const came = (from: Date, to: Date) =>
    sql<number>`count(*) filter (where coalesce(due_from, finding.first_seen_at) >= ${from} and coalesce(due_from, finding.first_seen_at) < ${to})`;
  let counted = query
    .selectFrom('finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .select([
      'finding.kind',
      rule.as('rule'),
      sql<number>`count(*) filter (where state in ('open', 'in-progress'))`.as('open'),
      came(day(30), now).as('recent'),
      came(day(60), day(30)).as('before'),
    ])
    .where(visibleAssets(scopes));
  if (team !== undefined) counted = counted.where('asset.team_id', '=', team);
  return counted.groupBy(['finding.kind', rule]).execute();
}

export interface LessonStanding {
  readonly lesson: string;
  readonly rightAnswers: number;
  readonly questions: number;
  readonly completedAt: Date | null;
}

export function lessonsOf(query: Query, account: string): Promise<LessonStanding[]> {
  return query
    .selectFrom('lesson_answer')
    .select(['lesson', 'right_answers as rightAnswers', 'questions', 'completed_at as completedAt'])
    .where('account_id', '=', account)
    .execute();
}

/** Keeps the newest answer; what was completed stays so. */
export async function answerLesson(
  query: Query,
  account: string,
  { lesson, right, questions }: { readonly lesson: string; readonly right: number; readonly questions: number },
  at: Date,
): Promise<void> {
  const completed = right === questions ? at : null;
  await query
    .insertInto('lesson_answer')
    .values({ account_id: account, lesson, answered_at: at, right_answers: right, questions, completed_at: completed })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'lesson']).doUpdateSet({
        answered_at: at,
        right_answers: right,
        questions,
        completed_at: sql`coalesce(lesson_answer.completed_at, excluded.completed_at)`,
      }),
    )
    .execute();
}

/** How many members of a team have completed each lesson, and how many members there are. */
export async function teamLessons(query: Query, team: string) {
  const { members } = await query
    .selectFrom('team_member')
    .select(({ fn }) => fn.countAll<number>().as('members'))
    .where('team_id', '=', team)
    .executeTakeFirstOrThrow();
  const completed = await query
    .selectFrom('lesson_answer')
    .innerJoin('team_member', 'team_member.account_id', 'lesson_answer.account_id')
    .select(['lesson', sql<number>`count(*)`.as('completed'), ({ fn }) => fn.min('completed_at').as('firstAt')])
    .where('team_id', '=', team)
    .where('completed_at', 'is not', null)
    .groupBy('lesson')
    .execute();
  return { members, completed };
}
