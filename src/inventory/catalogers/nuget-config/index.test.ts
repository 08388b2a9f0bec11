import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { nugetConfig } from './index.ts';

test('reads packages and what they are needed for', () => {
  const sample = readFileSync(new URL('testdata/packages.config', import.meta.url));
  const { fragment, problems } = nugetConfig.read(inputFile('packages.config', sample));
  assert.deepEqual(
    fragment?.packages.map(({ name, version, scope }) => `${name} ${version} ${scope}`),
    ['Newtonsoft.Json 13.0.1 runtime', 'StyleCop.Analyzers 1.1.118 development'],
  );
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['nuget-config-record-unusable'],
  );
});

test('a broken file is said to be broken', () => {
  const { problems } = nugetConfig.read(inputFile('packages.config', '<packages>'));
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['nuget-config-unreadable'],
  );
});
