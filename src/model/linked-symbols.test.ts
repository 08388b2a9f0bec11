import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasLinkedFunction, hasLinkedPackage, linkedSymbols } from './linked-symbols.ts';

const symbols = linkedSymbols(
  ['net/http', 'crypto/tls', 'net/http'],
  ['net/http.Get', 'net/http.Transport.RoundTrip', 'crypto/tls.Dial', 'net/http.Get'],
);

test('holds packages by name and functions by four bytes', () => {
  assert.equal(symbols.packages, 'crypto/tls\nnet/http');
  assert.equal(Buffer.from(symbols.functions ?? '', 'base64').length, 12);
});

for (const [path, symbol, expected] of [
  ['net/http', 'Get', true],
  ['net/http', 'Transport.RoundTrip', true],
  ['crypto/tls', 'Dial', true],
  ['crypto/tls', 'Get', false],
  ['net/http', 'Head', false],
  ['http', 'Get', false],
  ['', '', false],
] as const) {
  test(`${expected ? 'finds' : 'does not find'} ${path}.${symbol}`, () => {
    assert.equal(hasLinkedFunction(symbols, path, symbol), expected);
  });
}

test('does not claim to know functions that were not read', () => {
  const packages = linkedSymbols(['net/http']);
  assert.equal(hasLinkedPackage(packages, 'net/http'), true);
  assert.equal(hasLinkedFunction(packages, 'net/http', 'Get'), undefined);
  assert.equal(hasLinkedFunction(packages, 'net/smtp', 'Dial'), false);
});

test('finds every one of many', () => {
  const names = Array.from({ length: 5000 }, (_, index) => `p.F${index}`);
  const many = linkedSymbols(['p'], names);
  for (const name of names) assert.equal(hasLinkedFunction(many, 'p', name.slice(2)), true);
});
