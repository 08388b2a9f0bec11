import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SoftwareAuthenticator } from '../../../../test/kit/authenticator.ts';
import { identityServer, ORIGIN, type Visitor } from '../../../../test/kit/identity-server.ts';
import { emptyStorage } from '../../../../test/kit/storage.ts';
import { relyingParty } from '../../authentication/relying-party.ts';

const { query } = await emptyStorage();
const { call, visitor, later } = await identityServer(query);
const HOST = new URL(ORIGIN).hostname;
const ada = await visitor('ada', []);
const bob = await visitor('bob', []);

async function register(who: Visitor, authenticator: SoftwareAuthenticator, name = 'laptop') {
  const { status, body } = await who.call('POST', '/api/v1/me/passkeys/options', {});
  assert.equal(status, 201);
  return who.call('POST', '/api/v1/me/passkeys', {
    challenge: body.challenge,
    name,
    response: authenticator.register(body.options),
  });
}

async function question() {
  const { status, body } = await call('POST', '/api/v1/session/passkey/options');
  assert.equal(status, 201);
  return body;
}

async function signIn(
  answer: (options: { challenge: string }) => object,
  asked?: { challenge: string; options: { challenge: string } },
) {
  const { challenge, options } = asked ?? (await question());
  return call('POST', '/api/v1/session/passkey', {}, { challenge, response: answer(options) });
}

test('a passkey signs its owner in, without a password and a second factor; several have names and can be removed', async () => {
  const [laptop, phone] = [new SoftwareAuthenticator(HOST, ORIGIN), new SoftwareAuthenticator(HOST, ORIGIN)];
  const added = await register(ada, laptop);
  assert.equal(added.status, 201, JSON.stringify(added.body));
  later(1000);
  const second = await register(ada, phone, 'phone');
  const signed = await signIn((options) => laptop.signIn(options));
  assert.equal(signed.status, 201, JSON.stringify(signed.body));
  const me = await call('GET', '/api/v1/me', { cookie: `__Host-plimsoll=${signed.cookie}` });
  assert.equal(me.body.name, 'ada');
  assert.equal((await ada.call('PATCH', `/api/v1/me/passkeys/${second.body.id}`, { name: 'old phone' })).status, 204);
  const { body } = await ada.call('GET', '/api/v1/me/passkeys');
  assert.deepEqual(
    body.items.map(({ name, lastUsedAt }: { name: string; lastUsedAt: string | null }) => [name, lastUsedAt !== null]),
    [
      ['laptop', true],
      ['old phone', false],
    ],
  );
  assert.equal((await bob.call('DELETE', `/api/v1/me/passkeys/${second.body.id}`)).status, 404);
  assert.equal((await ada.call('DELETE', `/api/v1/me/passkeys/${second.body.id}`)).status, 204);
  assert.equal((await signIn((options) => phone.signIn(options))).status, 401);
  const last = await ada.call('DELETE', `/api/v1/me/passkeys/${added.body.id}`);
  assert.deepEqual([last.status, last.body.title], [409, 'last-way-in']);
});

test('what does not fit does not sign in', async () => {
  const key = new SoftwareAuthenticator(HOST, ORIGIN);
  assert.equal((await register(bob, key)).status, 201);
  assert.equal((await signIn((options) => key.signIn(options))).status, 201);
  const asked = await question();
  assert.equal((await signIn((options) => key.signIn(options), asked)).status, 201);
  const stranger = new SoftwareAuthenticator(HOST, ORIGIN);
  const cases: [string, Awaited<ReturnType<typeof signIn>>][] = [
    ['the same question again', await signIn((options) => key.signIn(options), asked)],
    ['another question', await signIn(() => key.signIn({ challenge: asked.options.challenge }))],
    ['a page of another site', await signIn((options) => key.signIn(options, 'https://evil.example'))],
    ['a key that nobody has', await signIn((options) => stranger.signIn(options))],
    [
      'the signature of another',
      await signIn((options) => ({ ...stranger.signIn(options), id: key.id, rawId: key.id })),
    ],
  ];
  for (const [what, { status }] of cases) assert.equal(status, 401, what);
  key.counter = 0;
  assert.equal((await signIn((options) => key.signIn(options))).status, 401, 'a copy of the key');
  key.counter = 100;
  key.verified = false;
  assert.equal((await signIn((options) => key.signIn(options))).status, 401, 'nobody showed who they are');
  key.verified = true;
  const late = await question();
  later(6 * 60_000);
  assert.equal((await signIn((options) => key.signIn(options), late)).status, 401, 'too late');
  await query.updateTable('account').set({ disabled_at: new Date() }).where('id', '=', bob.id).execute();
  assert.equal((await signIn((options) => key.signIn(options))).status, 401, 'a disabled account');
});

test('a passkey is added by its owner alone, who has just signed in', async () => {
  const eve = await visitor('eve', []);
  const key = new SoftwareAuthenticator(HOST, ORIGIN);
  const { body } = await eve.call('POST', '/api/v1/me/passkeys/options', {});
  const given = { challenge: body.challenge, name: 'mine', response: key.register(body.options) };
  assert.equal((await ada.call('POST', '/api/v1/me/passkeys', given)).status, 400);
  const unverified = new SoftwareAuthenticator(HOST, ORIGIN);
  unverified.verified = false;
  assert.equal((await register(eve, unverified)).status, 400);
  later(16 * 60_000);
  const refused = await eve.call('POST', '/api/v1/me/passkeys/options', {});
  assert.deepEqual([refused.status, refused.body.title], [403, 'sign-in-again']);
  const foreign = await call('POST', '/api/v1/session/passkey/options', { origin: 'https://evil.example' });
  assert.equal(foreign.status, 403);
});

test('passkeys are of a name: on this machine of localhost, and of no other address', () => {
  assert.deepEqual(relyingParty('http://127.0.0.1:7480'), { id: 'localhost', origin: 'http://localhost:7480' });
  assert.deepEqual(relyingParty('https://plimsoll.example'), {
    id: 'plimsoll.example',
    origin: 'https://plimsoll.example',
  });
  assert.throws(() => relyingParty('https://192.0.2.1'), /--public-url/);
});
