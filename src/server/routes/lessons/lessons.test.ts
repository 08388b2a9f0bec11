import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Principal, roles } from '#identity/index.ts';
import { lessons } from '#program/index.ts';
import { addAccount } from '#storage/index.ts';
import { testContext } from '../../../../test/kit/server-context.ts';
import { emptyStorage } from '../../../../test/kit/storage.ts';
import { createApplication } from '../../application.ts';
import { lessonRoutes } from './lessons.ts';

const { query } = await emptyStorage();
const now = new Date('2026-11-24T12:00:00Z');
const account = (await addAccount(query, { kind: 'person', name: 'ada', email: null }, now)) ?? '';
const { id: team } = await query.insertInto('team').values({ name: 'shop' }).returning('id').executeTakeFirstOrThrow();
await query.insertInto('team_member').values({ team_id: team, account_id: account }).execute();
const scope = { kind: 'team', team } as const;
const principal: Principal = {
  account,
  name: 'ada',
  kind: 'person',
  grants: [{ permissions: new Set(roles.developer), scope }],
};
const application = await createApplication({
  context: testContext(query, () => now),
  routes: lessonRoutes,
  authenticate: async () => principal,
  requestsPerMinute: 1_000_000,
});
after(() => application.close());

async function addFinding(of: string | null, kind: string, rule: string, daysAgo: number): Promise<void> {
  const asset = await query
    .insertInto('asset')
    .values({ kind: 'project', name: crypto.randomUUID(), team_id: of })
    .returning('id')
    .executeTakeFirstOrThrow();
  const at = new Date(now.getTime() - daysAgo * 86_400_000);
  await query
    .insertInto('finding')
    .values({
      asset_id: asset.id,
      kind,
      rule,
      subject: 'x',
      title: rule,
      severity: 'high',
      first_seen_at: at,
      last_seen_at: at,
      details: '{}',
    })
    .execute();
}

async function ask(method: 'GET' | 'POST', url: string, body?: object) {
  const reply = await application.inject({ method, url: `/api/v1/${url}`, ...(body && { payload: body }) });
  return { status: reply.statusCode, body: reply.json() };
}

test('the lesson that the findings of a team call for comes first, and others’ findings call for nothing', async () => {
  await addFinding(team, 'misconfiguration', 'kubernetes-privileged', 3);
  await addFinding(team, 'misconfiguration', 'container-privileged', 40);
  for (let index = 0; index < 5; index++) await addFinding(null, 'secret', 'aws-key', 1);
  const { body } = await ask('GET', 'lessons');
  const { id, open, recent, before } = body.items[0];
  assert.deepEqual([id, open, recent, before], ['privileged-containers', 2, 1, 1]);
  assert.equal(body.items.find((one: { id: string }) => one.id === 'secrets-in-images').open, 0);
});

test('answers are not given away, are explained when given, and complete the lesson when all are right', async () => {
  const shown = await ask('GET', 'lessons/privileged-containers');
  assert.ok(shown.body.body.length > 100);
  assert.ok(!JSON.stringify(shown.body.quiz).includes('right'));
  const right = (await lessons()).find(({ id }) => id === 'privileged-containers')?.quiz.map((one) => one.right) ?? [];
  const wrong = right.map((number) => (number === 0 ? 1 : 0));
  const answered = await ask('POST', 'lessons/privileged-containers/answers', { answers: wrong });
  assert.deepEqual([answered.body.isCompleted, answered.body.results[0].isRight], [false, false]);
  assert.ok(answered.body.results[0].why.length > 5);
  assert.equal((await ask('POST', 'lessons/privileged-containers/answers', { answers: [0] })).status, 400);
  assert.equal((await ask('POST', 'lessons/no-such/answers', { answers: right })).status, 404);
  assert.equal((await ask('POST', 'lessons/privileged-containers/answers', { answers: right })).body.isCompleted, true);
  await ask('POST', 'lessons/privileged-containers/answers', { answers: wrong });
  const { body } = await ask('GET', 'lessons');
  const last = body.items.at(-1);
  assert.deepEqual([last.id, last.completedAt], ['privileged-containers', now.toISOString()]);
});

test('of a team: who has completed what, and what came before and since', async () => {
  const { body } = await ask('GET', `teams/${team}/lessons`);
  const own = body.lessons.find((one: { id: string }) => one.id === 'privileged-containers');
  assert.deepEqual([body.members, own.completed, own.recent, own.before], [1, 1, 1, 1]);
  assert.equal((await ask('GET', 'teams/00000000-0000-4000-8000-000000000000/lessons')).status, 404);
});
