import assert from 'node:assert/strict';
import { test } from 'node:test';
import { portage } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['1.', '1.0_foo', '1.0ab', '1.0-r', 'v1.0', '1.0-1']) {
    for (const result of [
      portage.compare(text, '1.0.0'),
      portage.compare('1.0.0', text),
      portage.compare(text, text),
    ]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no portage version`), result.error);
    }
  }
});
