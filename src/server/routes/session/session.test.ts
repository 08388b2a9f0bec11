import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { identityServer, ORIGIN } from '../../../../test/kit/identity-server.ts';
import { emptyStorage } from '../../../../test/kit/storage.ts';
import { hotp } from '../../../identity/totp.ts';
import { makeLink } from '../../authentication/link.ts';
import { routes } from '../index.ts';

const { query } = await emptyStorage();
const { call, context, later } = await identityServer(query);
const MINUTE = 60_000;

const password = 'a sentence for ada';
const signIn = (body: object, headers = {}) =>
  call('POST', '/api/v1/session', headers, { name: 'ada', password, ...body });
const useLink = (token: string, body: object) => call('POST', '/api/v1/session/link', {}, { token, ...body });

test('the first administrator comes by a link, once, with a good password, within a day', async () => {
  const late = await makeLink(query, null, context.now());
  later(25 * 60 * MINUTE);
  assert.equal((await useLink(late.token, { password, name: 'ada' })).status, 403);
  const { token } = await makeLink(query, null, context.now());
  const other = await makeLink(query, null, context.now());
  assert.equal((await useLink(token, { password })).status, 400);
  const refused = await useLink(token, { password: 'password1234', name: 'ada' });
  assert.deepEqual([refused.status, refused.body.fields[0].field], [400, 'body.password']);
  assert.deepEqual((await useLink(token, { password, name: 'ada' })).body, { name: 'ada' });
  assert.equal((await useLink(token, { password, name: 'eve' })).status, 403);
  assert.equal((await useLink(other.token, { password, name: 'eve' })).status, 403);
  const again = await makeLink(query, null, context.now());
  assert.equal((await useLink(again.token, { password, name: 'eve' })).status, 409);
});

test('wrong names, passwords and pages of elsewhere do not sign in, and neither name nor password shows which it was', async () => {
  const unknown = await signIn({ name: 'nobody' });
  const wrong = await signIn({ password: 'another sentence' });
  assert.deepEqual([unknown.status, wrong.status], [401, 401]);
  assert.equal(unknown.body.detail, wrong.body.detail);
  assert.equal((await signIn({}, { origin: 'https://evil.example' })).status, 403);
  assert.equal((await signIn({}, { 'sec-fetch-site': 'cross-site' })).status, 403);
  assert.equal((await signIn({})).status, 201);
});

test('a session has a new id, a cookie that scripts and neighbours cannot touch, and ends by the clock', async () => {
  const planted = { cookie: '__Host-plimsoll=planted' };
  const { cookie = '', body } = await signIn({ name: 'ADA' }, planted);
  assert.match(cookie, /^[\w-]{43}$/);
  const headers = { cookie: `__Host-plimsoll=${cookie}` };
  assert.equal((await call('GET', '/api/v1/me', planted)).status, 401);
  assert.equal((await call('GET', '/api/v1/me', headers)).body.name, 'ada');
  assert.deepEqual((await call('GET', '/api/v1/session', headers)).body, { csrf: body.csrf });
  later(3.9 * 60 * MINUTE);
  assert.equal((await call('GET', '/api/v1/me', headers)).status, 200);
  later(3.9 * 60 * MINUTE);
  assert.equal((await call('GET', '/api/v1/me', headers)).status, 200, 'being seen keeps it');
  later(4.1 * 60 * MINUTE);
  assert.equal((await call('GET', '/api/v1/me', headers)).status, 401, 'idle');
  const busy = { cookie: `__Host-plimsoll=${(await signIn({})).cookie}` };
  for (let hours = 0; hours < 23; hours++) {
    later(60 * MINUTE);
    assert.equal((await call('GET', '/api/v1/me', busy)).status, 200);
  }
  later(60 * MINUTE);
  assert.equal((await call('GET', '/api/v1/me', busy)).status, 401, 'absolute');
});

test('changes by a cookie need the page and the token', async () => {
  const { cookie, body } = await signIn({});
  const base = { cookie: `__Host-plimsoll=${cookie}` };
  const token = { 'x-plimsoll-csrf': body.csrf };
  const cases: [headers: Record<string, string>, allowed: boolean][] = [
    [{}, false],
    [token, false],
    [{ origin: ORIGIN }, false],
    [{ origin: ORIGIN, 'x-plimsoll-csrf': `${body.csrf}x` }, false],
    [{ origin: ORIGIN, 'x-plimsoll-csrf': `${body.csrf.slice(0, -1)}_` }, false],
    [{ ...token, origin: 'https://plimsoll.example.evil.example' }, false],
    [{ ...token, origin: 'null' }, false],
    [{ ...token, origin: ORIGIN, 'sec-fetch-site': 'same-site' }, false],
    [{ ...token, origin: ORIGIN }, true],
    [{ ...token, 'sec-fetch-site': 'same-origin' }, true],
  ];
  for (const [index, [headers, allowed]] of cases.entries()) {
    const { status } = await call('POST', '/api/v1/teams', { ...base, ...headers }, { name: `team ${index}` });
    assert.equal(status, allowed ? 201 : 403, JSON.stringify(headers));
  }
});

test('sessions are listed and ended; another password ends the others', async () => {
  const enter = async () => {
    const { cookie, body } = await signIn({});
    return { cookie: `__Host-plimsoll=${cookie}`, origin: ORIGIN, 'x-plimsoll-csrf': body.csrf };
  };
  const [one, two, three] = [await enter(), await enter(), await enter()];
  const { items } = (await call('GET', '/api/v1/sessions', two)).body;
  const current = items.filter((item: { current: boolean }) => item.current);
  assert.equal(current.length, 1);
  assert.equal(JSON.stringify(items).includes(two.cookie.slice(15)), false);
  const oneId = (await call('GET', '/api/v1/sessions', one)).body.items.find(
    (item: { current: boolean }) => item.current,
  ).id;
  assert.equal((await call('DELETE', `/api/v1/sessions/${oneId}`, two)).status, 204);
  assert.equal((await call('DELETE', `/api/v1/sessions/${oneId}`, two)).status, 404);
  assert.equal((await call('GET', '/api/v1/me', one)).status, 401);
  const change = (given: string, next: string) =>
    call('PUT', '/api/v1/me/password', two, { password: given, newPassword: next });
  assert.equal((await change('not it at all', 'the next sentence of ada')).status, 403);
  assert.equal((await change(password, 'password1234')).status, 400);
  assert.equal((await change(password, 'the next sentence of ada')).status, 204);
  assert.deepEqual(
    [(await call('GET', '/api/v1/me', three)).status, (await call('GET', '/api/v1/me', two)).status],
    [401, 200],
  );
  assert.equal((await signIn({})).status, 401);
  assert.equal(
    (await call('PUT', '/api/v1/me/password', two, { password: 'the next sentence of ada', newPassword: password }))
      .status,
    204,
  );
  assert.equal((await call('DELETE', '/api/v1/session', two)).status, 204);
  assert.equal((await call('GET', '/api/v1/me', two)).status, 401);
});

test('a second factor is proposed, confirmed, asked for, good once, and replaced by a recovery code', async () => {
  const { cookie, body } = await signIn({});
  const headers = { cookie: `__Host-plimsoll=${cookie}`, origin: ORIGIN, 'x-plimsoll-csrf': body.csrf };
  const proposed = await call('POST', '/api/v1/me/second-factor', headers, { password });
  assert.equal(proposed.status, 201);
  const secret = decode(proposed.body.secret);
  const code = () => hotp(secret, Math.floor(context.now().getTime() / 30_000));
  assert.equal((await signIn({})).status, 201, 'it does not count before it is confirmed');
  const confirmation = (given: string) =>
    call('POST', '/api/v1/me/second-factor/confirmation', headers, { code: given });
  assert.equal((await confirmation(hotp(secret, 1))).status, 400);
  const { recoveryCodes } = (await confirmation(code())).body;
  assert.equal(recoveryCodes.length, 10);
  assert.equal((await call('POST', '/api/v1/me/second-factor', headers, { password })).status, 409);
  later(MINUTE);
  assert.equal((await signIn({})).body.title, 'second-factor-needed');
  assert.equal((await signIn({ password: 'wrong sentence', code: code() })).body.title, 'wrong-credentials');
  assert.equal((await signIn({ code: '000000' })).status, 401);
  const good = code();
  assert.equal((await signIn({ code: good })).status, 201);
  assert.equal((await signIn({ code: good })).status, 401, 'a code is good once');
  assert.equal((await signIn({ code: recoveryCodes[3].toUpperCase() })).status, 201);
  assert.equal((await signIn({ code: recoveryCodes[3] })).status, 401, 'a recovery code is good once');
  const renewed = (await call('POST', '/api/v1/me/recovery-codes', headers, { password })).body.recoveryCodes;
  assert.equal((await signIn({ code: recoveryCodes[4] })).status, 401);
  assert.equal((await signIn({ code: renewed[0] })).status, 201);
  assert.equal((await call('POST', '/api/v1/me/second-factor/removal', headers, { password })).status, 204);
  assert.equal((await signIn({})).status, 201);
});

test('guessing has to wait, longer each time, and many guesses at once do not all go through', async () => {
  const guesses = await Promise.all(
    Array.from({ length: 20 }, () => signIn({ name: 'ada', password: 'a wrong guess' })),
  );
  assert.equal(guesses.filter(({ status }) => status === 401).length, 5);
  assert.equal(guesses.filter(({ status }) => status === 429).length, 15);
  assert.equal((await signIn({})).status, 429, 'the right one has to wait as well');
  later(1001);
  assert.equal((await signIn({ password: 'a wrong guess' })).status, 401);
  later(1001);
  assert.equal((await signIn({})).status, 429);
  later(1000);
  assert.equal((await signIn({})).status, 201);
  assert.equal((await signIn({ password: 'a wrong guess' })).status, 401, 'and is forgotten once somebody is in');
});

test('nothing is kept of requests with a password, nor of answers with a secret, whatever key they have', async () => {
  const { cookie, body } = await signIn({});
  const key = { 'idempotency-key': 'again' };
  const headers = { cookie: `__Host-plimsoll=${cookie}`, origin: ORIGIN, 'x-plimsoll-csrf': body.csrf, ...key };
  const proposed = await call('POST', '/api/v1/me/second-factor', headers, { password });
  assert.equal(proposed.status, 201);
  assert.deepEqual(await query.selectFrom('idempotency_key').selectAll().execute(), []);
  const made = { name: 'x', permissions: ['findings:read'] };
  const { token } = (await call('POST', '/api/v1/tokens', headers, made)).body;
  const kept = await query.selectFrom('idempotency_key').selectAll().execute();
  assert.equal(kept.length, 1);
  assert.equal(JSON.stringify(kept).includes(token), false);
  assert.equal((await call('POST', '/api/v1/tokens', headers, made)).status, 409);
});

test('routes that take a password keep nothing of it', () => {
  for (const { id, body, permission, idempotency, method } of routes) {
    const schema = JSON.stringify(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }));
    const isKept = method === 'POST' && permission !== 'anyone' && idempotency !== 'own';
    if (isKept) assert.equal(/"\w*[pP]assword":/.test(schema), false, id);
  }
});

test('nothing secret is in the database as it was given, or in the audit log', async () => {
  const { token } = await makeLink(query, null, context.now());
  const { cookie = '' } = await signIn({});
  const tables = ['account', 'session', 'sign_in_link', 'recovery_code', 'audit_entry', 'sign_in_failure'] as const;
  const rows = await Promise.all(tables.map((table) => query.selectFrom(table).selectAll().execute()));
  const all = JSON.stringify(rows, (_, value) =>
    value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
  );
  for (const secret of [password, cookie, token.slice(-51, -8), 'a wrong guess'])
    assert.equal(all.includes(secret), false);
});

function decode(base32: string): Buffer {
  const bits = [...base32]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
