import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashPassword, passwordProblem, verifyPassword } from './password.ts';

test('passwords are taken by their length and when nobody would try them first', () => {
  const refused = [
    'short',
    'elevenchars',
    'x'.repeat(257),
    'aaaaaaaaaaaaaa',
    'abcabcabcabcabc',
    'Password1234',
    'correct horse battery staple',
    'QwertyUiop123',
    'avery.longname',
  ];
  for (const password of refused) assert.ok(passwordProblem(password, 'avery.longname'), password);
  for (const password of ['twelve chars', 'lower case words only', 'ßüßen ist nicht schön', '🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧'])
    assert.equal(passwordProblem(password, 'someone'), undefined, password);
});

test('a password is known again, in whichever Unicode form it is typed, and no other is', async () => {
  const stored = await hashPassword('caf\u00e9 under the bridge');
  assert.equal(stored.algorithm, 'argon2id');
  assert.equal(await verifyPassword('cafe\u0301 under the bridge', stored), true);
  assert.equal(await verifyPassword('cafe under the bridge', stored), false);
  assert.notEqual((await hashPassword('caf\u00e9 under the bridge')).hash, stored.hash);
});

test('without a stored password, or with one that cannot be read, nothing is right', async () => {
  for (const stored of [undefined, null, {}, { algorithm: 'argon2id', memory: 9e9 }, 'text'])
    assert.equal(await verifyPassword('any password at all', stored), false);
});

test('more at once than may work at once all get their answer', async () => {
  const stored = await hashPassword('a line of people waits');
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => verifyPassword(index % 2 ? 'a line of people waits' : 'no', stored)),
  );
  assert.equal(answers.filter(Boolean).length, 6);
});
