import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { addTeam } from '#storage/index.ts';
import { identityServer, ORIGIN } from '../../../../test/kit/identity-server.ts';
import { startServer } from '../../../../test/kit/loopback-server.ts';
import { startOpenIdProvider } from '../../../../test/kit/openid-provider.ts';
import { emptyStorage } from '../../../../test/kit/storage.ts';

const { query } = await emptyStorage();
const { call, visitor, context } = await identityServer(query);
const admin = await visitor('admin', [['admin', { kind: 'all' }]]);
const team = (await addTeam(query, 'shop', context.now())) ?? '';
const client = {
  id: 'plimsoll',
  secret: 'a secret of the client',
  redirectUri: `${ORIGIN}/api/v1/session/oidc/callback`,
};
const person = (sub: string, groups: readonly string[], verified = true) => ({
  sub,
  email: `${sub}@shop.example`,
  email_verified: verified,
  preferred_username: sub,
  groups,
});
const people = [person('ada', ['engineering', 'shop-team']), person('bob', []), person('eve', [], false)];
let provider = await startOpenIdProvider(client, people);
after(() => provider.close());

const settings = {
  name: 'The provider',
  issuer: provider.issuer,
  clientId: client.id,
  clientSecret: client.secret,
  scopes: ['openid', 'email', 'profile', 'groups'],
  makeAccounts: true,
  rules: [
    { group: 'shop-*', team },
    { group: 'engineering', role: 'viewer', scope: { kind: 'team', team } },
  ],
};
const added = await admin.call('POST', '/api/v1/identity-providers', settings);
const id: string = added.body.id;

async function begin(provided = id) {
  const begun = await call('POST', `/api/v1/session/providers/${provided}`);
  return { ...begun, flow: `__Host-plimsoll-flow=${begun.cookie}` };
}

/** Where the browser is sent in the end, and the cookie of the session that it has then. */
async function comeBack(url: URL, flow: string) {
  const answer = await call('GET', url.pathname + url.search, { cookie: flow, 'sec-fetch-site': 'cross-site' });
  return { status: answer.status, ...answer.redirect };
}

async function signIn(who: string) {
  const { body, flow } = await begin();
  return comeBack(await provider.visit(body.url, who), flow);
}

test('an administrator sets a provider up; its secret is sealed and shown to nobody', async () => {
  assert.equal(added.status, 201, JSON.stringify(added.body));
  assert.equal(added.body.redirectUri, client.redirectUri);
  const viewer = await visitor('viewer', [['viewer', { kind: 'all' }]]);
  assert.equal((await viewer.call('GET', '/api/v1/identity-providers')).status, 403);
  const listed = JSON.stringify((await admin.call('GET', '/api/v1/identity-providers')).body);
  assert.ok(listed.includes('The provider') && !listed.includes(client.secret));
  const [row] = await query.selectFrom('identity_provider').selectAll().execute();
  assert.ok(!JSON.stringify(row).includes(client.secret));
  assert.deepEqual((await call('GET', '/api/v1/session/providers')).body, { items: [{ id, name: 'The provider' }] });
  const elsewhere = { ...settings, issuer: 'https://evil.example', clientSecret: undefined };
  assert.equal((await admin.call('PUT', `/api/v1/identity-providers/${id}`, elsewhere)).status, 400);
  const audit = JSON.stringify((await admin.call('GET', '/api/v1/audit')).body);
  assert.ok(audit.includes('identity-provider.add') && !audit.includes(client.secret));
});

test('people sign in by the provider, get an account and what their groups give, and lose it with the groups', async () => {
  const signed = await signIn('ada');
  assert.deepEqual([signed.status, signed.location], [303, '/']);
  const me = await call('GET', '/api/v1/me', { cookie: `__Host-plimsoll=${signed.session}` });
  assert.deepEqual([me.body.name, me.body.email], ['ada', 'ada@shop.example']);
  assert.deepEqual(me.body.teams, [{ id: team, name: 'shop' }]);
  assert.ok(me.body.grants.some(({ scope }: { scope: { team?: string } }) => scope.team === team));
  await admin.call('PUT', `/api/v1/identity-providers/${id}`, { ...settings, rules: [] });
  const again = await signIn('ada');
  const after = await call('GET', '/api/v1/me', { cookie: `__Host-plimsoll=${again.session}` });
  assert.deepEqual([after.body.id, after.body.teams, after.body.grants], [me.body.id, [], []]);
});

test('without leave there is no account for strangers, and a verified address leads to an account only where that is meant', async () => {
  await admin.call('PUT', `/api/v1/identity-providers/${id}`, { ...settings, makeAccounts: false });
  assert.equal((await signIn('bob')).location, '/sign-in?problem=no-account');
  const account = await visitor('robert', []);
  await query.updateTable('account').set({ email: 'BOB@shop.example' }).where('id', '=', account.id).execute();
  assert.equal((await signIn('bob')).location, '/sign-in?problem=no-account');
  await admin.call('PUT', `/api/v1/identity-providers/${id}`, { ...settings, makeAccounts: false, linkByEmail: true });
  const { session } = await signIn('bob');
  assert.equal((await call('GET', '/api/v1/me', { cookie: `__Host-plimsoll=${session}` })).body.name, 'robert');
  const eve = await visitor('evelyn', []);
  await query.updateTable('account').set({ email: 'eve@shop.example' }).where('id', '=', eve.id).execute();
  assert.equal((await signIn('eve')).location, '/sign-in?problem=no-account');
  await query.updateTable('account').set({ disabled_at: new Date() }).where('id', '=', account.id).execute();
  assert.equal((await signIn('bob')).location, '/sign-in?problem=account-disabled');
});

test('only the browser that began it ends it, once, with its own state', async () => {
  await admin.call('PUT', `/api/v1/identity-providers/${id}`, settings);
  const refused = '/sign-in?problem=wrong-sign-in';
  const { body, flow } = await begin();
  const url = await provider.visit(body.url, 'ada');
  const other = await begin();
  assert.equal((await comeBack(url, other.flow)).location, refused);
  assert.equal((await comeBack(url, '')).location, refused);
  const wrongState = new URL(url);
  wrongState.searchParams.set('state', 'made up');
  const third = await begin();
  assert.equal((await comeBack(wrongState, third.flow)).location, refused);
  assert.equal((await comeBack(url, flow)).location, '/');
  assert.equal((await comeBack(url, flow)).location, refused);
  assert.equal((await call('POST', `/api/v1/session/providers/${id}`, { origin: 'https://evil.example' })).status, 403);
});

test('a provider with new keys is believed at once', async () => {
  const { port } = new URL(provider.issuer);
  await provider.close();
  provider = await startOpenIdProvider(client, people, Number(port));
  assert.equal((await signIn('ada')).location, '/');
});

/** A provider that answers with the token that it is told to. */
async function scripted(token: (nonce: string, issuer: string) => Promise<string>) {
  const keys = await generateKeyPair('RS256');
  let nonce = '';
  const server = await startServer((request, response) => {
    const issuer = `http://${request.headers.host}`;
    const json = (value: object) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    if (request.url === '/.well-known/openid-configuration')
      return json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        id_token_signing_alg_values_supported: ['RS256'],
        subject_types_supported: ['public'],
      });
    if (request.url === '/keys')
      return void exportJWK(keys.publicKey).then((key) => json({ keys: [{ ...key, kid: 'one', alg: 'RS256' }] }));
    return void token(nonce, issuer).then((id_token) => json({ access_token: 'a', token_type: 'bearer', id_token }));
  });
  after(() => server.close());
  return {
    origin: server.origin,
    key: keys.privateKey,
    setNonce: (value: string) => {
      nonce = value;
    },
  };
}

test('a token for somebody else, of another time, with another nonce or key is not believed', async () => {
  let changed: (claims: JWTPayload) => JWTPayload = (claims) => claims;
  let useOther = false;
  const other = await generateKeyPair('RS256');
  const evil = await scripted((nonce, issuer) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = changed({ iss: issuer, sub: 'mallory', aud: 'plimsoll', nonce, iat: now, exp: now + 300 });
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .sign(useOther ? other.privateKey : evil.key);
  });
  const provided = await admin.call('POST', '/api/v1/identity-providers', {
    name: 'scripted',
    issuer: evil.origin,
    clientId: 'plimsoll',
    makeAccounts: true,
  });
  const attempt = async (change: typeof changed, otherKey = false) => {
    changed = change;
    useOther = otherKey;
    const { body, flow } = await begin(provided.body.id);
    const asked = new URL(body.url).searchParams;
    assert.equal(asked.get('code_challenge_method'), 'S256');
    evil.setNonce(asked.get('nonce') ?? '');
    return (await comeBack(new URL(`${client.redirectUri}?code=x&state=${asked.get('state')}`), flow)).location;
  };
  const refused = '/sign-in?problem=wrong-sign-in';
  assert.equal(await attempt((claims) => claims), '/');
  assert.equal(await attempt((claims) => ({ ...claims, nonce: 'another' })), refused);
  assert.equal(await attempt(({ nonce: _, ...claims }) => claims), refused);
  assert.equal(await attempt((claims) => ({ ...claims, aud: 'another' })), refused);
  assert.equal(await attempt((claims) => ({ ...claims, iss: 'https://another.example' })), refused);
  assert.equal(
    await attempt((claims) => ({ ...claims, exp: (claims.iat ?? 0) - 600, iat: (claims.iat ?? 0) - 900 })),
    refused,
  );
  assert.equal(await attempt((claims) => claims, true), refused);
});
