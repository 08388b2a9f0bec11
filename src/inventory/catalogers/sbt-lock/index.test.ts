import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { sbtLock } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(sbtLock, { 'app/build.sbt.lock': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads libraries and what they are for', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/build.sbt.lock', import.meta.url), 'utf8')), [
    'org.apache.commons:commons-text 1.9',
    'org.scalatest:scalatest_2.13 3.2.17 development',
    'sbt-lock-record-unusable 1',
  ]);
});

for (const [what, text] of [
  ['no JSON', '{'],
  ['something else', '{"dependencies":{}}'],
] as const) {
  test(`${what} is a problem`, () => assert.deepEqual(lines(text), ['sbt-lock-unreadable 1']));
}
