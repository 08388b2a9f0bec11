import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readClaims } from './claims.ts';

test('claims are lines of a name and a pattern', () => {
  assert.deepEqual(readClaims('repository: owner/*\n\n ref:refs/heads/main '), {
    repository: 'owner/*',
    ref: 'refs/heads/main',
  });
  for (const wrong of ['', ' \n', 'repository', 'repository:', ': x'])
    assert.equal(readClaims(wrong), undefined, wrong);
});
