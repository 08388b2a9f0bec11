import assert from 'node:assert/strict';
import { test } from 'node:test';
import { githubActions } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['v4', 'v4.1', 'main', 'f43a0e5ff2bd294095638e18286ca9a3d1956744']) {
    for (const result of [
      githubActions.compare(text, '1.0.0'),
      githubActions.compare('1.0.0', text),
      githubActions.compare(text, text),
    ]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok)
        assert.ok(result.error.includes(`${JSON.stringify(text)} is no github-actions version`), result.error);
    }
  }
});
