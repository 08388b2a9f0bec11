import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maven } from './index.ts';

const unresolved = ['$', '{project.version}'].join('');

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['', unresolved, '1.0 beta', '1\t0']) {
    for (const result of [maven.compare(text, '1.0.0'), maven.compare('1.0.0', text), maven.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no maven version`), result.error);
    }
  }
});
