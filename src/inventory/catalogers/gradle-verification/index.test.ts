import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { gradleVerification } from './index.ts';

test('reads what has code, not what is only described', () => {
  const sample = readFileSync(new URL('testdata/verification-metadata.xml', import.meta.url));
  const { fragment, problems } = gradleVerification.read(inputFile('gradle/verification-metadata.xml', sample));
  assert.deepEqual(fragment?.packages, [{ name: 'com.google.guava:guava', version: '31.1-jre' }]);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['gradle-verification-record-unusable'],
  );
});

test('a broken file is said to be broken', () => {
  const { problems } = gradleVerification.read(inputFile('verification-metadata.xml', '<components>'));
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['gradle-verification-unreadable'],
  );
});
