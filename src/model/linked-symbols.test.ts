import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasLinkedFunction, hasLinkedPackage, LinkedSymbolCollector, type LinkedSymbols } from './linked-symbols.ts';

function collected(found: Readonly<Record<string, readonly string[]>>, knowsFunctions = true): LinkedSymbols {
  const collector = new LinkedSymbolCollector();
  for (const [path, symbols] of Object.entries(found)) collector.add(path, symbols);
  const result = collector.result(knowsFunctions);
  assert.ok(result);
  return result;
}

const symbols = collected({ 'net/http': ['Get', 'Transport.RoundTrip', 'Get'], 'crypto/tls': ['Dial'] });

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
  const packages = collected({ 'net/http': [] }, false);
  assert.equal(hasLinkedPackage(packages, 'net/http'), true);
  assert.equal(hasLinkedFunction(packages, 'net/http', 'Get'), undefined);
  assert.equal(hasLinkedFunction(packages, 'net/smtp', 'Dial'), false);
});

test('finds every one of many', () => {
  const names = Array.from({ length: 5000 }, (_, index) => `F${index}`);
  const many = collected({ p: names });
  for (const name of names) assert.equal(hasLinkedFunction(many, 'p', name), true);
});

test('finds names in any script', () => {
  assert.equal(hasLinkedFunction(collected({ 'x.io/ä': ['Größe'] }), 'x.io/ä', 'Größe'), true);
});

test('has nothing to say when nothing was found', () => {
  assert.equal(new LinkedSymbolCollector().result(), undefined);
});
