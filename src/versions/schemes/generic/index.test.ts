import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generic } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['v', '1..2', 'latest', '1.0-', '1.0_1']) {
    for (const result of [
      generic.compare(text, '1.0.0'),
      generic.compare('1.0.0', text),
      generic.compare(text, text),
    ]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no generic version`), result.error);
    }
  }
});
