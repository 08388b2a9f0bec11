import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import { openStorage } from '#storage/index.ts';
import { testContext } from '../../test/kit/server-context.ts';
import { createApplication } from './application.ts';
import { nothing, route } from './route.ts';
import { serve } from './serve.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-away-'));
after(() => rmSync(directory, { recursive: true, force: true }));

const asking = route({
  id: 'ask',
  method: 'GET',
  path: '/ask',
  summary: 'Asks the database',
  permission: 'anyone',
  ...nothing,
  answer: z.object({}),
  handle: async (_, { query }) => {
    await sql`select 1`.execute(query);
    return {};
  },
});

test('while the database is away requests are told to come again, and it comes back by itself', async () => {
  const storage = await openStorage({ kind: 'embedded', directory });
  assert.ok(storage.ok, storage.ok ? '' : storage.error);
  const application = await createApplication({
    context: testContext(storage.value.query),
    routes: [asking],
    authenticate: async () => undefined,
    requestsPerMinute: 10_000,
  });
  after(async () => {
    await application.close();
    await storage.value.close();
  });
  assert.equal((await application.inject('/ask')).statusCode, 200);
  process.kill(Number(readFileSync(join(directory, 'database/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
  let refusals = 0;
  for (let attempt = 0; attempt < 200; attempt++) {
    const { statusCode, headers, body } = await application.inject('/ask');
    if (statusCode === 200 && refusals > 0) break;
    if (statusCode !== 200) {
      assert.equal(statusCode, 503, body);
      assert.equal(headers['retry-after'], '5');
      refusals++;
    }
    await delay(50);
  }
  assert.ok(refusals > 0);
  assert.equal((await application.inject('/ask')).statusCode, 200);
});

test('other machines are not answered without TLS unless that is meant', async () => {
  for (const host of ['0.0.0.0', '::', '192.0.2.1']) {
    const refused = await serve({
      database: { kind: 'embedded', directory: join(directory, 'never') },
      role: 'all',
      host,
      port: 0,
      log: 'nothing',
      keyFile: join(directory, 'never.key'),
      makeKey: true,
      allowedAddresses: [],
    });
    assert.ok(!refused.ok && refused.error.includes('--insecure-http'), host);
  }
});
