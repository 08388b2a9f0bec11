import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzy } from './index.ts';

test('a text without letters and digits, or with blanks, is an error', () => {
  for (const text of ['', '-', '...', '1.0 beta', '1\u0000']) {
    assert.equal(fuzzy.compare(text, '1.0').ok, false, JSON.stringify(text));
    assert.equal(fuzzy.compare('1.0', text).ok, false, JSON.stringify(text));
  }
});
