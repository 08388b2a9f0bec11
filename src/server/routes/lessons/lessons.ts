import { z } from 'zod';
import { type Principal, scopesOf } from '#identity/index.ts';
import { type Lesson, lessons, teaches } from '#program/index.ts';
import {
  answerLesson,
  isMember,
  lessonsOf,
  type Query,
  type RuleCount,
  ruleCounts,
  teamLessons,
} from '#storage/index.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { known } from '../accounts/rights.ts';

const counts = {
  /** Open findings that it is about, of what you may see. */
  open: z.int(),
  /** That came in the last 30 days, and in the 30 days before. */
  recent: z.int(),
  before: z.int(),
};

const listed = z.object({
  id: z.string(),
  title: z.string(),
  minutes: z.int(),
  cwe: z.array(z.string()),
  controls: z.array(z.string()),
  ...counts,
  /** Your own. */
  completedAt: z.iso.datetime().nullable(),
});

const params = z.object({ lesson: z.string().max(100) });

function countsOf(lesson: Lesson, rules: readonly RuleCount[]) {
  const own = rules.filter(({ kind, rule }) => teaches(lesson, kind, rule));
  const sum = (member: 'open' | 'recent' | 'before') => own.reduce((total, one) => total + one[member], 0);
  return { open: sum('open'), recent: sum('recent'), before: sum('before') };
}

const list = route({
  id: 'listLessons',
  method: 'GET',
  path: '/api/v1/lessons',
  summary: 'Lessons, those first that your findings, or those of a team, call for most; what you have completed last',
  permission: 'findings:read',
  ...nothing,
  search: z.object({ team: z.uuid().optional() }),
  answer: z.object({ items: z.array(listed) }),
  async handle({ search: { team }, principal }, { query, now }) {
    const actor = known(principal);
    const rules = await ruleCounts(query, scopesOf(actor, 'findings:read'), team, now());
    const done = new Map((await lessonsOf(query, actor.account)).map((one) => [one.lesson, one.completedAt]));
    const items = (await lessons()).map((lesson) => ({
      id: lesson.id,
      title: lesson.title,
      minutes: lesson.minutes,
      cwe: lesson.cwe,
      controls: lesson.controls,
      ...countsOf(lesson, rules),
      completedAt: done.get(lesson.id)?.toISOString() ?? null,
    }));
    return { items: items.sort(byNeed) };
  },
});

type Listed = z.infer<typeof listed>;

function byNeed(one: Listed, other: Listed): number {
  const isDone = Number(one.completedAt !== null) - Number(other.completedAt !== null);
  return isDone || other.recent - one.recent || other.open - one.open;
}

const get = route({
  id: 'getLesson',
  method: 'GET',
  path: '/api/v1/lessons/{lesson}',
  summary: 'One lesson as Markdown, with the questions at its end',
  permission: 'signed-in',
  ...nothing,
  params,
  answer: listed.omit({ open: true, recent: true, before: true, completedAt: true }).extend({
    kinds: z.array(z.string()),
    rules: z.array(z.string()),
    /** Markdown. */
    body: z.string(),
    quiz: z.array(z.object({ question: z.string(), answers: z.array(z.string()) })),
  }),
  async handle({ params }) {
    const { quiz, ...lesson } = await lessonOf(params.lesson);
    return { ...lesson, quiz: quiz.map(({ question, answers }) => ({ question, answers })) };
  },
});

async function lessonOf(id: string): Promise<Lesson> {
  const found = (await lessons()).find((lesson) => lesson.id === id);
  if (found === undefined) throw notFound('lesson');
  return found;
}

const answer = route({
  id: 'answerLesson',
  method: 'POST',
  path: '/api/v1/lessons/{lesson}/answers',
  summary: 'Answers the questions of a lesson; with all of them right it is completed',
  permission: 'signed-in',
  ...nothing,
  params,
  body: z.strictObject({
    answers: z
      .array(z.int().min(0).max(4))
      .max(5)
      .meta({ description: 'The number of each answer, from 0, in the order of the questions' }),
  }),
  answer: z.object({
    isCompleted: z.boolean(),
    results: z.array(z.object({ isRight: z.boolean(), right: z.int(), why: z.string() })),
  }),
  async handle({ params, body: { answers }, principal }, { query, now }) {
    const { id, quiz } = await lessonOf(params.lesson);
    if (answers.length !== quiz.length)
      throw new RequestProblem(400, 'invalid-request', `There are ${quiz.length} questions.`, [
        { field: 'body.answers', message: 'An answer for each.' },
      ]);
    const results = quiz.map(({ right, why }, index) => ({ isRight: answers[index] === right, right, why }));
    const right = results.filter(({ isRight }) => isRight).length;
    await answerLesson(query, known(principal).account, { lesson: id, right, questions: quiz.length }, now());
    return { isCompleted: right === quiz.length, results };
  },
});

const completion = route({
  id: 'getLessonCompletion',
  method: 'GET',
  path: '/api/v1/teams/{id}/lessons',
  summary: 'Of a team: how many have completed each lesson, and whether what it is about comes less often',
  permission: 'metrics:read',
  ...nothing,
  params: z.object({ id: z.uuid() }),
  answer: z.object({
    members: z.int(),
    lessons: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        completed: z.int(),
        firstAt: z.iso.datetime().nullable(),
        ...counts,
      }),
    ),
  }),
  async handle({ params: { id: team }, principal }, { query, now }) {
    await needTeam(query, known(principal), team);
    const rules = await ruleCounts(query, scopesOf(known(principal), 'metrics:read'), team, now());
    const { members, completed } = await teamLessons(query, team);
    const done = new Map(completed.map((one) => [one.lesson, one]));
    return {
      members,
      lessons: (await lessons()).map((lesson) => ({
        id: lesson.id,
        title: lesson.title,
        completed: done.get(lesson.id)?.completed ?? 0,
        firstAt: done.get(lesson.id)?.firstAt?.toISOString() ?? null,
        ...countsOf(lesson, rules),
      })),
    };
  },
});

/** Who is in it, or has the numbers of it. */
async function needTeam(query: Query, principal: Principal, team: string): Promise<void> {
  const scopes = scopesOf(principal, 'metrics:read');
  const isIn = scopes.some((scope) => scope.kind === 'all' || (scope.kind === 'team' && scope.team === team));
  if (!isIn && !(await isMember(query, team, principal.account))) throw notFound('team');
}

export const lessonRoutes: readonly Route[] = [list, get, answer, completion];
