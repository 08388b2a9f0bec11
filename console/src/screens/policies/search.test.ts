import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPoliciesSearch } from './search.ts';

test('what is not understood in the address is left out', () => {
  assert.deepEqual(readPoliciesSearch({ tab: 'results', open: 'build-gate/no-secrets', outcome: 'denied' }), {
    tab: 'results',
    open: 'build-gate/no-secrets',
    outcome: 'denied',
  });
  assert.deepEqual(readPoliciesSearch({ tab: 'x', open: '../etc/passwd', outcome: 1 }), {});
});
