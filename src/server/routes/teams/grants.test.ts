import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setPassword } from '#storage/index.ts';
import { identityServer } from '../../../../test/kit/identity-server.ts';
import { emptyStorage } from '../../../../test/kit/storage.ts';

const { query } = await emptyStorage();
const { visitor } = await identityServer(query);
const everywhere = { kind: 'all' } as const;

const ada = await visitor('ada', [['admin', everywhere]]);
await setPassword(query, ada.id, {});
const team = (await ada.call('POST', '/api/v1/teams', { name: 'shop' })).body.id;
const foreign = (await ada.call('POST', '/api/v1/teams', { name: 'bank' })).body.id;
const lead = await visitor('lead', [['admin', { kind: 'team', team }]]);
const viewer = await visitor('viewer', [['viewer', everywhere]]);
const person = await visitor('person', []);

test('who administers a team gives roles about that team, and nothing else', async () => {
  const cases: [grant: object, status: number][] = [
    [{ account: person.id, role: 'developer', scope: { kind: 'team', team } }, 201],
    [{ team, role: 'viewer', scope: { kind: 'team', team } }, 201],
    [{ account: person.id, role: 'viewer', scope: everywhere }, 403],
    [{ account: lead.id, role: 'admin', scope: everywhere }, 403],
    [{ account: person.id, role: 'viewer', scope: { kind: 'team', team: foreign } }, 403],
    [{ account: person.id, role: 'viewer', scope: { kind: 'assets', asset: 'repository', prefix: '' } }, 403],
    [{ account: person.id, team, role: 'viewer', scope: { kind: 'team', team } }, 400],
    [{ role: 'viewer', scope: { kind: 'team', team } }, 400],
    [{ account: person.id, role: 'owner', scope: { kind: 'team', team } }, 400],
    [{ account: team, role: 'viewer', scope: { kind: 'team', team } }, 400],
  ];
  for (const [grant, status] of cases)
    assert.equal((await lead.call('POST', '/api/v1/grants', grant)).status, status, JSON.stringify(grant));
  assert.equal((await viewer.call('POST', '/api/v1/grants', cases[0]?.[0])).status, 403);
});

test('who administers a team changes its members and its name, and no other team, account or rule', async () => {
  assert.equal((await lead.call('PUT', `/api/v1/teams/${team}/members/${person.id}`)).status, 204);
  assert.equal((await lead.call('PATCH', `/api/v1/teams/${team}`, { name: 'webshop' })).status, 200);
  assert.equal((await lead.call('PATCH', `/api/v1/teams/${team}`, { name: 'bank' })).status, 409);
  const refused: [
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body: object | undefined,
    status: number,
  ][] = [
    ['PUT', `/api/v1/teams/${foreign}/members/${lead.id}`, undefined, 404],
    ['PATCH', `/api/v1/teams/${foreign}`, { name: 'x' }, 404],
    ['DELETE', `/api/v1/teams/${team}`, undefined, 403],
    ['POST', '/api/v1/teams', { name: 'x' }, 403],
    ['POST', '/api/v1/accounts', { kind: 'person', name: 'x' }, 403],
    ['PATCH', `/api/v1/accounts/${ada.id}`, { disabled: true }, 403],
    ['POST', `/api/v1/accounts/${ada.id}/link`, undefined, 403],
    ['DELETE', `/api/v1/accounts/${person.id}`, undefined, 403],
  ];
  for (const [method, path, body, status] of refused)
    assert.equal((await lead.call(method, path, body)).status, status, `${method} ${path}`);
  const grants = (await lead.call('GET', '/api/v1/grants')).body.items;
  assert.ok(grants.length > 0);
  for (const { scope } of grants) assert.deepEqual(scope, { kind: 'team', team });
});

test('a team whose rights somebody does not have is not theirs to put people into', async () => {
  const powerful = (await ada.call('POST', '/api/v1/teams', { name: 'operations' })).body.id;
  await ada.call('POST', '/api/v1/grants', { team: powerful, role: 'security', scope: everywhere });
  await ada.call('POST', '/api/v1/grants', {
    account: lead.id,
    role: 'admin',
    scope: { kind: 'team', team: powerful },
  });
  const joined = await lead.call('PUT', `/api/v1/teams/${powerful}/members/${lead.id}`);
  assert.deepEqual([joined.status, joined.body.title], [403, 'more-than-you-have']);
});

test('members have the rights of their team while they are in it and it is there', async () => {
  const squad = (await ada.call('POST', '/api/v1/teams', { name: 'squad' })).body.id;
  await ada.call('POST', '/api/v1/grants', { team: squad, role: 'ci', scope: { kind: 'team', team: squad } });
  const member = await visitor('member', []);
  const rights = async () => (await member.call('GET', '/api/v1/me')).body;
  assert.deepEqual((await rights()).grants, []);
  await ada.call('PUT', `/api/v1/teams/${squad}/members/${member.id}`);
  assert.deepEqual((await rights()).teams, [{ id: squad, name: 'squad' }]);
  assert.deepEqual((await rights()).grants[0].scope, { kind: 'team', team: squad });
  const listed = (await member.call('GET', `/api/v1/teams/${squad}/members`)).body.items;
  assert.deepEqual(listed, [{ id: member.id, name: 'member' }]);
  assert.deepEqual(
    (await member.call('GET', '/api/v1/teams')).body.items.map(({ id }: { id: string }) => id),
    [squad],
  );
  await ada.call('DELETE', `/api/v1/teams/${squad}/members/${member.id}`);
  assert.deepEqual((await rights()).grants, []);
  assert.equal((await member.call('GET', `/api/v1/teams/${squad}/members`)).status, 404);
  await ada.call('PUT', `/api/v1/teams/${squad}/members/${member.id}`);
  assert.equal((await ada.call('DELETE', `/api/v1/teams/${squad}`)).status, 204);
  assert.deepEqual((await rights()).grants, []);
});

test('the last administrator cannot go, in whichever way, even when two go at once', async () => {
  const grantOf = async (account: string) =>
    (await ada.call('GET', `/api/v1/grants?account=${account}`)).body.items[0].id;
  const own = await grantOf(ada.id);
  const ways: [method: 'PATCH' | 'DELETE', path: string, body?: object][] = [
    ['PATCH', `/api/v1/accounts/${ada.id}`, { disabled: true }],
    ['DELETE', `/api/v1/accounts/${ada.id}`],
    ['DELETE', `/api/v1/grants/${own}`],
  ];
  for (const [method, path, body] of ways) {
    const answer = await ada.call(method, path, body);
    assert.deepEqual([answer.status, answer.body.title], [409, 'last-administrator'], `${method} ${path}`);
  }
  const eve = await visitor('eve', [['admin', everywhere]]);
  assert.equal(
    (await ada.call('DELETE', `/api/v1/grants/${own}`)).status,
    409,
    'without a password nobody can sign in',
  );
  await setPassword(query, eve.id, {});
  const both = await Promise.all([
    ada.call('PATCH', `/api/v1/accounts/${ada.id}`, { disabled: true }),
    eve.call('DELETE', `/api/v1/grants/${await grantOf(eve.id)}`),
  ]);
  assert.deepEqual(both.map(({ status }) => status).filter((status) => status === 409).length, 1);
});
