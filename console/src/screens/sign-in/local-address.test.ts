import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localAddress } from './local-address.ts';

test('only addresses of the console are gone to after the sign-in', () => {
  for (const [text, expected] of [
    ['/findings?filter=is%3Aopen', '/findings?filter=is%3Aopen'],
    ['//elsewhere.example/', undefined],
    ['/\\elsewhere.example', undefined],
    ['https://elsewhere.example/', undefined],
    ['javascript:alert(1)', undefined],
    ['/\t/elsewhere.example', undefined],
    [undefined, undefined],
    [['/findings'], undefined],
  ] as const)
    assert.equal(localAddress(text), expected, String(text));
});
