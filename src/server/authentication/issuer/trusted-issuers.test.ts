import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { after, test } from 'node:test';
import { setPassword } from '#storage/index.ts';
import { identityServer } from '../../../../test/kit/identity-server.ts';
import { startServer } from '../../../../test/kit/loopback-server.ts';
import { emptyStorage } from '../../../../test/kit/storage.ts';

const { query } = await emptyStorage();
const { call, visitor, context, later } = await identityServer(query);
const MINUTE = 60_000;

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const next = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });

const jwk = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig' });
let keys: object[] = [
  jwk(rsa.publicKey, 'one'),
  jwk(ec.publicKey, 'two'),
  jwk(weak.publicKey, 'weak'),
  { kty: 'oct', k: 'AA' },
];
const issuer = await startServer((request, response) => {
  const isDiscovery = request.url === '/.well-known/openid-configuration';
  response.end(JSON.stringify(isDiscovery ? { issuer: issuer.origin, jwks_uri: `${issuer.origin}/keys` } : { keys }));
});
after(() => issuer.close());

const ada = await visitor('ada', [['admin', { kind: 'all' }]]);
await setPassword(query, ada.id, {});
const account = (await ada.call('POST', '/api/v1/accounts', { kind: 'machine', name: 'shop builds' })).body.id;
await ada.call('POST', '/api/v1/grants', {
  account,
  role: 'ci',
  scope: { kind: 'assets', asset: 'repository', prefix: 'r/shop/' },
});
const rule = {
  name: 'shop',
  issuer: issuer.origin,
  audience: 'https://plimsoll.example',
  claims: { sub: 'repo:octo/shop:ref:refs/heads/**', repository_id: '4711' },
  account,
};
assert.equal((await ada.call('POST', '/api/v1/trust-rules', rule)).status, 201);

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = () => Math.floor(context.now().getTime() / 1000);
const claimsOf = (changes: object) => ({
  iss: issuer.origin,
  aud: rule.audience,
  sub: 'repo:octo/shop:ref:refs/heads/main',
  repository_id: '4711',
  iat: seconds(),
  nbf: seconds(),
  exp: seconds() + 300,
  ...changes,
});

interface Signing {
  readonly key?: KeyObject;
  readonly head?: object;
  readonly changes?: object;
}

function token({ key = rsa.privateKey, head = {}, changes = {} }: Signing): string {
  const algorithm = key.asymmetricKeyType === 'ec' ? 'ES256' : 'RS256';
  const kid = key === ec.privateKey ? 'two' : 'one';
  const text = `${encode({ alg: algorithm, typ: 'JWT', kid, ...head })}.${encode(claimsOf(changes))}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

const enter = (text: string) => call('GET', '/api/v1/me', { authorization: `Bearer ${text}` });

test('a job of the CI system is the machine account of its rule, with RS256 and ES256', async () => {
  for (const key of [rsa.privateKey, ec.privateKey]) {
    const { status, body } = await enter(token({ key }));
    assert.equal(status, 200);
    assert.deepEqual([body.kind, body.name, body.grants[0].scope.prefix], ['machine', 'shop builds', 'r/shop/']);
  }
  assert.equal((await enter(token({ changes: { aud: ['x', rule.audience] } }))).status, 200);
  assert.equal((await enter(token({ changes: { sub: 'repo:octo/shop:ref:refs/heads/feature/x' } }))).status, 200);
  const asked = issuer.requests.filter(({ path }) => path === '/keys').length;
  assert.equal(asked, 1, 'keys are kept');
});

test('what is not signed by the issuer, for us, now, about the right repository, is nobody', async () => {
  const cases: Record<string, Signing> = {
    'another key': { key: stranger.privateKey },
    'key of the issuer under another id': { key: ec.privateKey, head: { kid: 'one' } },
    'algorithm of another kind of key': { key: rsa.privateKey, head: { alg: 'ES256' } },
    'a weak key': { key: weak.privateKey, head: { kid: 'weak' } },
    'an algorithm that we do not take': { head: { alg: 'RS384' } },
    'an extension that we do not know': { head: { crit: ['x'] } },
    'another audience': { changes: { aud: 'https://other.example' } },
    'no audience': { changes: { aud: undefined } },
    'a fork': { changes: { sub: 'repo:evil/shop:ref:refs/heads/main' } },
    'a longer name': { changes: { sub: 'x:repo:octo/shop:ref:refs/heads/main' } },
    'a pull request': { changes: { sub: 'repo:octo/shop:pull_request' } },
    'another claim': { changes: { repository_id: '4712' } },
    'a claim that is no text': { changes: { repository_id: 4711 } },
    'a claim that is missing': { changes: { repository_id: undefined } },
    'another issuer': { changes: { iss: 'https://issuer.example' } },
    over: { changes: { exp: seconds() - 61 } },
    'without an end': { changes: { exp: undefined } },
    'not yet': { changes: { nbf: seconds() + 90 } },
  };
  for (const [what, signing] of Object.entries(cases)) assert.equal((await enter(token(signing))).status, 401, what);
});

test('tokens without a signature, or signed with the public key as a password, are old tricks', async () => {
  const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' });
  for (const alg of ['none', 'HS256']) {
    const text = `${encode({ alg, kid: 'one' })}.${encode(claimsOf({}))}`;
    const signature = alg === 'none' ? '' : createHmac('sha256', pem).update(text).digest('base64url');
    assert.equal((await enter(`${text}.${signature}`)).status, 401, alg);
  }
  const [head, , signature] = token({}).split('.');
  assert.equal((await enter(`${head}.${encode(claimsOf({ exp: seconds() + 9e9 }))}.${signature}`)).status, 401);
});

test('new keys of the issuer are found, and strangers cannot make us ask all the time', async () => {
  keys = [jwk(next.publicKey, 'three')];
  later(2 * MINUTE);
  assert.equal((await enter(token({ key: next.privateKey, head: { kid: 'three' } }))).status, 200);
  const before = issuer.requests.length;
  for (let index = 0; index < 20; index++)
    assert.equal((await enter(token({ head: { kid: `made up ${index}` } }))).status, 401);
  assert.ok(issuer.requests.length - before <= 2);
});

test('a disabled machine is let in no longer, nor is one whose rule is gone', async () => {
  const good = () => token({ key: next.privateKey, head: { kid: 'three' } });
  const disable = (disabled: boolean) => ada.call('PATCH', `/api/v1/accounts/${account}`, { disabled });
  await disable(true);
  assert.equal((await enter(good())).status, 401);
  await disable(false);
  assert.equal((await enter(good())).status, 200);
  const [{ id }] = (await ada.call('GET', '/api/v1/trust-rules')).body.items;
  assert.equal((await ada.call('DELETE', `/api/v1/trust-rules/${id}`)).status, 204);
  assert.equal((await enter(good())).status, 401);
});

test('rules that would trust everybody, or send us anywhere, are refused', async () => {
  const cases: object[] = [
    { claims: {} },
    { claims: { sub: '*' } },
    { claims: { sub: '**', ref: '*' } },
    { claims: { sub: '[' } },
    { issuer: 'http://issuer.example' },
    { issuer: 'https://user:secret@issuer.example' },
    { issuer: 'file:///etc/passwd' },
    { account: ada.id },
    { audience: '' },
  ];
  for (const change of cases)
    assert.equal(
      (await ada.call('POST', '/api/v1/trust-rules', { ...rule, ...change })).status,
      400,
      JSON.stringify(change),
    );
});
