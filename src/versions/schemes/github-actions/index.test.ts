import assert from 'node:assert/strict';
import { test } from 'node:test';
import { githubActions } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['main', 'v4-beta', 'v4.1+x', 'f43a0e5ff2bd294095638e18286ca9a3d1956744']) {
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

test('a moving tag is compared as far as its name tells', () => {
  const table: readonly [a: string, b: string, order: number | undefined][] = [
    ['v4', 'v5.0.0', -1],
    ['v4', '3.9.9', 1],
    ['v4', 'v4.1.2', undefined],
    ['v4', 'v4', undefined],
    ['v4.1', 'v4.2.0', -1],
    ['v4.1', 'v4.1.9', undefined],
    ['v4', 'v4.1', undefined],
    ['v4', 'v3.1', 1],
    ['v4', 'v4.0.0-beta.1', undefined],
  ];
  for (const [a, b, order] of table) {
    const there = githubActions.compare(a, b);
    const back = githubActions.compare(b, a);
    assert.equal(there.ok ? there.value : undefined, order, `${a} ${b}`);
    assert.equal(back.ok ? 0 - back.value : undefined, order, `${b} ${a}`);
    for (const answer of [there, back])
      if (!answer.ok) assert.match(answer.error, /"v4(?:\.1)?" is no github-actions version/);
  }
});
