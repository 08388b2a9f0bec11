import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { z } from 'zod';
import type { Principal } from '#identity/index.ts';
import { testContext } from '../../test/kit/server-context.ts';
import { emptyStorage } from '../../test/kit/storage.ts';
import { createApplication } from './application.ts';
import { assertUnchanged } from './entity-tag.ts';
import { RequestProblem } from './request-problem.ts';
import { nothing, route } from './route.ts';

const { query } = await emptyStorage();
let now = new Date('2026-11-24T12:00:00Z');
let calls = 0;
let value = 1;

const count = route({
  id: 'count',
  method: 'POST',
  path: '/count',
  summary: '',
  permission: 'signed-in',
  ...nothing,
  search: z.object({ x: z.string().optional() }),
  body: z.object({ fail: z.boolean().default(false) }),
  answer: z.object({ calls: z.number() }),
  status: 201,
  async handle({ body }) {
    calls += 1;
    if (body.fail) throw new RequestProblem(409, 'no', 'It cannot be.');
    return { calls };
  },
});

const secret = route({
  ...nothing,
  id: 'secret',
  method: 'POST',
  path: '/secret',
  summary: '',
  permission: 'signed-in',
  answer: z.object({ secret: z.string() }),
  idempotency: 'secret',
  handle: async () => ({ secret: 'hidden' }),
});

const thing = {
  path: '/things/{id}',
  summary: '',
  permission: 'signed-in',
  ...nothing,
  params: z.object({ id: z.string() }),
} as const;
const getThing = route({
  ...thing,
  id: 'get',
  method: 'GET',
  answer: z.object({ value: z.number() }),
  handle: async () => ({ value }),
});
const setThing = route({
  ...thing,
  id: 'set',
  method: 'PUT',
  body: z.object({ value: z.number() }),
  answer: z.object({ value: z.number() }),
  async handle({ body, headers }) {
    assertUnchanged(headers, { value });
    value = body.value;
    return { value };
  },
});

const people = new Map<string, Principal>(
  ['a', 'b'].map((name, index) => [
    name,
    { account: `00000000-0000-4000-8000-00000000000${index}`, name, kind: 'person', grants: [] },
  ]),
);

const application = await createApplication({
  context: testContext(query, () => now),
  routes: [count, secret, getThing, setThing],
  authenticate: async ({ headers }) => people.get(String(headers.authorization)),
  requestsPerMinute: 10_000,
});
after(() => application.close());

function post(url: string, key: string, payload: object = {}, authorization = 'a') {
  return application.inject({ method: 'POST', url, headers: { authorization, 'idempotency-key': key }, payload });
}

test('the same request with the same key is done once, for each account and for a day', async () => {
  const first = await post('/count', 'k1');
  const again = await post('/count', 'k1');
  assert.deepEqual(
    [first.statusCode, first.json(), again.statusCode, again.json()],
    [201, { calls: 1 }, 201, { calls: 1 }],
  );
  assert.equal(again.headers['idempotency-replayed'], 'true');
  assert.deepEqual((await post('/count', 'k1', {}, 'b')).json(), { calls: 2 });
  assert.equal((await post('/count?x=1', 'k1')).json().title, 'key-used');
  now = new Date(now.getTime() + 25 * 3_600_000);
  assert.deepEqual((await post('/count', 'k1')).json(), { calls: 3 });
});

test('of two at once one is done; what failed may be tried again', async () => {
  const both = await Promise.all([post('/count', 'k2'), post('/count', 'k2')]);
  assert.ok(both.some(({ statusCode }) => statusCode === 201));
  assert.ok(
    both.every(
      ({ statusCode, headers }) => statusCode === 409 || statusCode === 201 || headers['idempotency-replayed'],
    ),
  );
  assert.equal(calls, 4);
  assert.equal((await post('/count', 'k3', { fail: true })).statusCode, 409);
  assert.equal((await post('/count', 'k3')).statusCode, 201);
  assert.equal((await post('/count', 'k 4')).statusCode, 400);
});

test('an answer with a secret is not kept', async () => {
  assert.equal((await post('/secret', 'k5')).json().secret, 'hidden');
  assert.equal((await post('/secret', 'k5')).json().title, 'answered-before');
  const kept = await query.selectFrom('idempotency_key').select('answer').where('key', '=', 'k5').execute();
  assert.deepEqual(kept, [{ answer: null }]);
});

test('what was changed meanwhile is not overwritten, and what did not change is not sent again', async () => {
  const headers = { authorization: 'a' };
  const { etag = '' } = (await application.inject({ url: '/things/1', headers })).headers;
  const unchanged = await application.inject({
    url: '/things/1',
    headers: { ...headers, 'if-none-match': `W/${etag}` },
  });
  assert.deepEqual([unchanged.statusCode, unchanged.body], [304, '']);
  const set = (next: number) =>
    application.inject({
      method: 'PUT',
      url: '/things/1',
      headers: { ...headers, 'if-match': String(etag) },
      payload: { value: next },
    });
  assert.equal((await set(2)).statusCode, 200);
  assert.equal((await set(3)).json().title, 'changed-meanwhile');
  assert.equal(value, 2);
});
