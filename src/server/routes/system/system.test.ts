import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publish } from '#storage/index.ts';
import { identityServer } from '../../../../test/kit/identity-server.ts';
import { emptyStorage } from '../../../../test/kit/storage.ts';

const { query } = await emptyStorage();
const { visitor, context } = await identityServer(query);
const all = { kind: 'all' } as const;
const monitor = await visitor('monitor', [['monitor', all]]);
const admin = await visitor('admin', [['admin', all]]);
const viewer = await visitor('viewer', [['viewer', all]]);

test('figures are for those who may scrape everywhere, and the state of the system for administrators', async () => {
  const partly = await visitor('partly', [['monitor', { kind: 'assets', asset: 'host', prefix: 'db' }]]);
  const answers = [monitor, partly, viewer].map((who) => who.call('GET', '/metrics'));
  assert.deepEqual(
    (await Promise.all(answers)).map(({ status }) => status),
    [200, 403, 403],
  );
  const systems = [admin, monitor, viewer].map((who) => who.call('GET', '/api/v1/system'));
  assert.deepEqual(
    (await Promise.all(systems)).map(({ status }) => status),
    [200, 403, 403],
  );
});

test('the state of the system counts what waits and what is dead', async () => {
  const at = new Date(context.now().getTime() - 90_000);
  await query.insertInto('job').values({ kind: 'a', payload: '{}', run_at: at }).execute();
  await query.insertInto('job').values({ kind: 'b', payload: '{}', run_at: at, state: 'dead' }).execute();
  await publish(query, { kind: 'channel.test', at, subject: { kind: 'channel', id: 'x' }, title: 'A test' });
  const { body } = await admin.call('GET', '/api/v1/system');
  assert.deepEqual(body.jobs, { waiting: 2, running: 0, dead: 1, oldestDueSeconds: 90 });
  assert.deepEqual(body.outbox, { unrouted: 1, oldestSeconds: 90 });
  assert.match(body.database.version, /^\d+\.\d+/);
  assert.match(body.database.migration, /^\d{4}-/);
  assert.ok(body.database.bytes > 1_000_000 && body.database.connections >= 1);
});
