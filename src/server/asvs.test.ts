import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const rows = readFileSync(join(root, 'docs/asvs.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| V'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

const STATES: ReadonlySet<string> = new Set(['met', 'partly', 'not met', 'not applicable']);

test('each requirement has one state, and what is said to be met names evidence that is there', () => {
  const ids = rows.map(([, id = '']) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.length > 150);
  for (const [, id = '', , state = '', evidence = ''] of rows) {
    assert.ok(STATES.has(state), `${id}: ${state}`);
    assert.ok(evidence.length > 3, id);
    for (const [, path = ''] of evidence.matchAll(/`((?:src|docs|test|tools|console|bench)\/[^`]+|[\w-]+\.json)`/g))
      assert.ok(existsSync(join(root, path)), `${id}: ${path}`);
  }
});
