import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composerConstraint } from './index.ts';

test('what is no constraint of this dialect is an error', () => {
  for (const text of ['', '^', '>=1.2.*', 'dev-main', '>=foo']) {
    const result = composerConstraint.parse(text);
    assert.equal(result.ok, false, JSON.stringify(text));
  }
});
