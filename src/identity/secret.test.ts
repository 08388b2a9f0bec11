import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatToken, newRecoveryCodes, newSecret, parseToken, plainRecoveryCode } from './secret.ts';

const token = { kind: 'user' as const, id: '01234567-89ab-4cde-8f01-23456789abcd', secret: newSecret() };

test('a token is read as it was written', () => {
  const text = formatToken(token);
  assert.match(text, /^plm_user_0123456789ab4cde8f0123456789abcd_[\w-]{51}$/);
  assert.deepEqual(parseToken(text), token);
});

test('what was mistyped, cut off or made up is no token', () => {
  const text = formatToken(token);
  const swapped = text.replace('0123456789ab', '1023456789ab');
  for (const wrong of ['', 'plm_', text.slice(0, -1), `${text}0`, swapped, text.replace('user', 'root'), ` ${text}`])
    assert.equal(parseToken(wrong), undefined, wrong);
});

test('recovery codes are different, readable and forgiving', () => {
  const codes = newRecoveryCodes();
  assert.equal(new Set(codes).size, 10);
  for (const code of codes) assert.match(code, /^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
  assert.equal(plainRecoveryCode(' K7MQ 3xzt-9abd–W2RS '), 'k7mq3xzt9abdw2rs');
});
