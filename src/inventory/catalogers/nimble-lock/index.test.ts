import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { nimbleLock } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(nimbleLock, { 'app/nimble.lock': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads packages and their graph', () => {
  const git = (name: string, commit: string) => `vcs_url=git+https://github.com/status-im/nim-${name}@${commit}`;
  assert.deepEqual(lines(readFileSync(new URL('testdata/nimble.lock', import.meta.url), 'utf8')), [
    `stew 0.1.0 ${git('stew', '6ad35b876fb6ebe0dfee0f697af173acc47906ee')}`,
    `chronos 3.0.2 ${git('chronos', 'aab1e30a726bb7c5d3f4913a5cadd1dd8f7f36d7')} > stew@0.1.0`,
    'nimble-lock-record-unusable 1',
  ]);
});

for (const text of ['{', '{"a":1}', '[]']) {
  test(`${text} is a problem`, () => assert.deepEqual(lines(text), ['nimble-lock-unreadable 1']));
}
