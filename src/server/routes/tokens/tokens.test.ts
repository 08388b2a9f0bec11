import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setPassword } from '#storage/index.ts';
import { identityServer } from '../../../../test/kit/identity-server.ts';
import { emptyStorage } from '../../../../test/kit/storage.ts';

const { query } = await emptyStorage();
const { call, visitor, later } = await identityServer(query);
const DAY = 24 * 60 * 60_000;

const admin = await visitor('ada', [['admin', { kind: 'all' }]]);
await setPassword(query, admin.id, {});
const team = (await admin.call('POST', '/api/v1/teams', { name: 'shop' })).body.id;
const developer = await visitor('dev', [['developer', { kind: 'team', team }]]);
const machine = (await admin.call('POST', '/api/v1/accounts', { kind: 'machine', name: 'builder' })).body.id;
await admin.call('POST', '/api/v1/grants', { account: machine, role: 'ci', scope: { kind: 'all' } });

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const me = async (token: string) => call('GET', '/api/v1/me', bearer(token));

test('a token has what it was made for of what its owner has, and nothing more', async () => {
  const made = await developer.call('POST', '/api/v1/tokens', { name: 'laptop', permissions: ['findings:read'] });
  assert.equal(made.status, 201);
  assert.match(made.body.token, /^plm_user_/);
  assert.deepEqual((await me(made.body.token)).body.grants, [
    { permissions: ['findings:read'], scope: { kind: 'team', team } },
  ]);
  assert.equal((await call('GET', '/api/v1/accounts', bearer(made.body.token))).status, 403);
  const asCookie = { cookie: `__Host-plimsoll=${made.body.token}` };
  assert.equal((await call('GET', '/api/v1/me', asCookie)).status, 401);
});

test('nobody makes a token for more than they have, for longer than a year, or in the name of another person', async () => {
  const cases: [body: object, status: number][] = [
    [{ permissions: ['accounts:write'] }, 403],
    [{ permissions: ['findings:read', 'audit:read'] }, 403],
    [{ permissions: ['findings:read'], scope: { kind: 'assets', asset: 'repository', prefix: 'r/' } }, 403],
    [{ permissions: ['findings:read'], scope: { kind: 'team', team: admin.id } }, 403],
    [{ permissions: ['findings:read'], account: machine }, 403],
    [{ permissions: ['findings:read'], days: 366 }, 400],
    [{ permissions: ['findings:read'], days: 0 }, 400],
    [{ permissions: [] }, 400],
    [{ permissions: ['everything'] }, 400],
    [{ permissions: ['findings:read'], scope: { kind: 'team', team } }, 201],
  ];
  for (const [body, status] of cases)
    assert.equal(
      (await developer.call('POST', '/api/v1/tokens', { name: 'x', ...body })).status,
      status,
      JSON.stringify(body),
    );
  const forPerson = { name: 'x', permissions: ['findings:read'], account: developer.id };
  assert.equal((await admin.call('POST', '/api/v1/tokens', forPerson)).status, 400);
});

test('a token that may make tokens passes on only what it has itself', async () => {
  const scope = { kind: 'team', team };
  const permissions = ['tokens:write', 'findings:read'];
  const narrow = (await admin.call('POST', '/api/v1/tokens', { name: 'narrow', permissions, scope })).body.token;
  const make = (body: object) => call('POST', '/api/v1/tokens', bearer(narrow), { name: 'child', ...body });
  assert.equal((await make({ permissions: ['findings:read'] })).status, 403);
  assert.equal((await make({ permissions: ['accounts:write'], scope })).status, 403);
  assert.equal((await make({ permissions: ['findings:read'], scope })).status, 201);
  assert.equal(
    (await call('PUT', '/api/v1/me/password', bearer(narrow), { password: 'x', newPassword: 'y' })).status,
    403,
  );
});

test('a token that leaked neither shows nor ends the sessions and tokens of its owner', async () => {
  const made = (await developer.call('POST', '/api/v1/tokens', { name: 'leaked', permissions: ['findings:read'] }))
    .body;
  const own = (await developer.call('GET', '/api/v1/sessions')).body.items[0].id;
  const tried: [method: 'GET' | 'DELETE', path: string][] = [
    ['GET', '/api/v1/sessions'],
    ['DELETE', `/api/v1/sessions/${own}`],
    ['GET', '/api/v1/tokens'],
    ['DELETE', `/api/v1/tokens/${made.id}`],
  ];
  for (const [method, path] of tried) {
    const { status, body } = await call(method, path, bearer(made.token));
    assert.deepEqual([status, body.title], [403, 'session-needed'], path);
  }
  assert.equal((await developer.call('DELETE', `/api/v1/tokens/${made.id}`)).status, 204);
});

test('what the owner loses, the token loses', async () => {
  const other = await visitor('other', []);
  const grant = (
    await admin.call('POST', '/api/v1/grants', { account: other.id, role: 'viewer', scope: { kind: 'all' } })
  ).body;
  const full = { name: 'x', permissions: ['findings:read'] };
  assert.equal((await other.call('POST', '/api/v1/tokens', full)).status, 403, 'viewers make no tokens');
  const wider = { account: other.id, role: 'developer', scope: { kind: 'all' } };
  const second = (await admin.call('POST', '/api/v1/grants', wider)).body;
  const { token } = (await other.call('POST', '/api/v1/tokens', full)).body;
  assert.equal((await me(token)).body.grants.length, 2);
  for (const { id } of [grant, second]) assert.equal((await admin.call('DELETE', `/api/v1/grants/${id}`)).status, 204);
  assert.deepEqual((await me(token)).body.grants, []);
  await admin.call('PATCH', `/api/v1/accounts/${other.id}`, { disabled: true });
  assert.equal((await me(token)).status, 401);
  assert.equal((await other.call('GET', '/api/v1/me')).status, 401);
});

test('machines get tokens from an administrator; tokens are listed without their secret, revoked, and end', async () => {
  const body = { name: 'ci', permissions: ['reports:upload'], account: machine, days: 2 };
  const { token, id } = (await admin.call('POST', '/api/v1/tokens', body)).body;
  assert.match(token, /^plm_machine_/);
  assert.equal((await me(token)).body.name, 'builder');
  const listed = await admin.call('GET', `/api/v1/tokens?account=${machine}`);
  assert.deepEqual([listed.body.items.length, listed.body.items[0].id], [1, id]);
  assert.notEqual(listed.body.items[0].lastUsedAt, null);
  assert.equal(JSON.stringify(listed.body).includes(token.slice(-40)), false);
  assert.equal((await developer.call('GET', `/api/v1/tokens?account=${machine}`)).status, 403);
  assert.equal((await developer.call('DELETE', `/api/v1/tokens/${id}`)).status, 403);
  assert.equal((await admin.call('DELETE', `/api/v1/tokens/${id}`)).status, 204);
  assert.equal((await me(token)).status, 401);
  const short = (await admin.call('POST', '/api/v1/tokens', body)).body.token;
  later(2 * DAY - 1000);
  assert.equal((await me(short)).status, 200);
  later(1000);
  assert.equal((await me(short)).status, 401);
});

test('what is no token is refused, whatever it looks like', async () => {
  const wrong = [
    '',
    'Bearer',
    'Bearer x',
    `Bearer ${'x'.repeat(20_000)}`,
    'Basic YTpi',
    'Bearer plm_user_00_x',
    'Bearer eyJ.x.y',
  ];
  for (const authorization of wrong) {
    const answer = await call('GET', '/api/v1/me', { authorization });
    assert.deepEqual([answer.status, answer.body.title], [401, 'wrong-token'], authorization.slice(0, 40));
  }
});
