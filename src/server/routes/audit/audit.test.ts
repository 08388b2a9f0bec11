import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { identityServer } from '../../../../test/kit/identity-server.ts';
import { emptyStorage } from '../../../../test/kit/storage.ts';

const { query } = await emptyStorage();
const { visitor } = await identityServer(query);

const ada = await visitor('ada', [['admin', { kind: 'all' }]]);
const team = (await ada.call('POST', '/api/v1/teams', { name: 'shop' })).body.id;
const lead = await visitor('lead', [['admin', { kind: 'team', team }]]);
const viewer = await visitor('viewer', [['viewer', { kind: 'all' }]]);
for (const name of ['one', 'two', 'three']) await ada.call('POST', '/api/v1/accounts', { kind: 'machine', name });
await lead.call('PATCH', `/api/v1/teams/${team}`, { name: 'webshop' });

interface Entry {
  readonly seq: number;
  readonly action: string;
  readonly actorName: string;
}

test('the log is read in pages, the newest first, and filtered', async () => {
  const seen: number[] = [];
  let next: string | undefined = '';
  while (next !== undefined) {
    const { body } = await ada.call('GET', `/api/v1/audit?limit=2${next && `&cursor=${next}`}`);
    seen.push(...body.items.map(({ seq }: Entry) => seq));
    next = body.next;
  }
  assert.deepEqual(seen, [5, 4, 3, 2, 1]);
  const actions = async (search: string) =>
    (await ada.call('GET', `/api/v1/audit?${search}`)).body.items.map(({ action }: Entry) => action);
  assert.deepEqual(await actions('action=team.'), ['team.rename', 'team.add']);
  assert.deepEqual(await actions(`actor=${lead.id}`), ['team.rename']);
  assert.deepEqual(await actions(`subject=${team}`), ['team.rename', 'team.add']);
  assert.equal((await ada.call('GET', '/api/v1/audit?cursor=x')).status, 400);
});

test('who may read it only in a part sees what they did themselves; others see nothing', async () => {
  const own = (await lead.call('GET', '/api/v1/audit')).body.items;
  assert.deepEqual(
    own.map(({ actorName }: Entry) => actorName),
    ['lead'],
  );
  assert.deepEqual((await lead.call('GET', `/api/v1/audit?actor=${ada.id}`)).body.items, []);
  assert.equal((await lead.call('GET', '/api/v1/audit/verification')).status, 403);
  assert.equal((await viewer.call('GET', '/api/v1/audit')).status, 403);
});

test('the chain is verified, and an entry that was altered is named', async () => {
  assert.deepEqual((await ada.call('GET', '/api/v1/audit/verification')).body, { entries: 5 });
  await sql`alter table audit_entry disable trigger user`.execute(query);
  await query.updateTable('audit_entry').set({ actor_name: 'eve' }).where('seq', '=', 3).execute();
  assert.deepEqual((await ada.call('GET', '/api/v1/audit/verification')).body, { entries: 2, brokenAt: 3 });
});
