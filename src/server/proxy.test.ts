import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { testContext } from '../../test/kit/server-context.ts';
import { emptyStorage } from '../../test/kit/storage.ts';
import { createApplication } from './application.ts';
import { nothing, route } from './route.ts';

const { query } = await emptyStorage();
const whoAsks = route({
  id: 'whoAsks',
  method: 'GET',
  path: '/who',
  summary: 'Says whose request it takes it for',
  permission: 'anyone',
  ...nothing,
  answer: z.object({ address: z.string() }),
  handle: async ({ address }) => ({ address }),
});

async function application(requestsPerMinute: number, trustedProxies: readonly string[]) {
  const options = { context: testContext(query), routes: [whoAsks], authenticate: async () => undefined };
  return createApplication({ ...options, requestsPerMinute, trustedProxies });
}

test('the word of a proxy about its client is taken, and of nobody else', async () => {
  const cases = [
    [[], '192.0.2.7'],
    [['192.0.2.0/24'], '203.0.113.9'],
    [['10.0.0.0/8'], '192.0.2.7'],
  ] as const;
  for (const [trusted, expected] of cases) {
    const server = await application(1000, trusted);
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    const answer = await server.inject({ url: '/who', headers, remoteAddress: '192.0.2.7' });
    assert.equal(answer.json().address, expected);
    await server.close();
  }
});

test('who asks too often is told when to come again, and others are answered', async () => {
  const server = await application(3, ['192.0.2.7']);
  const ask = (client: string) =>
    server.inject({ url: '/who', headers: { 'x-forwarded-for': client }, remoteAddress: '192.0.2.7' });
  const answers = [];
  for (let index = 0; index < 5; index++) answers.push(await ask('203.0.113.9'));
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [200, 200, 200, 429, 429],
  );
  const last = answers.at(-1);
  assert.ok(Number(last?.headers['retry-after']) > 0);
  assert.match(String(last?.headers['content-type']), /problem\+json/);
  assert.equal((await ask('203.0.113.10')).statusCode, 200);
  await server.close();
});

test('every answer has the headers that keep browsers from doing more with it, and its id', async () => {
  const server = await application(1000, []);
  for (const url of ['/who', '/nowhere', '/api/v1/../x', '/who?unknown=1']) {
    const { headers } = await server.inject({ url, headers: { accept: 'application/json' } });
    assert.match(String(headers['content-security-policy']), /default-src 'none'/, url);
    assert.doesNotMatch(String(headers['content-security-policy']), /unsafe/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['cache-control'], 'no-store');
    assert.ok(headers['x-request-id'] && headers['permissions-policy'] && headers['referrer-policy']);
    assert.ok(headers['strict-transport-security']);
  }
  await server.close();
});
