import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { nugetLock } from './index.ts';

function read(content: string | Buffer) {
  const { fragment, problems } = nugetLock.read(inputFile('packages.lock.json', content));
  const packages = fragment?.packages ?? [];
  return {
    rows: packages.map((p) => `${p.relation} ${p.name} ${p.version} needs ${p.dependencies?.join()}`),
    codes: problems.map(({ code }) => code),
  };
}

test('reads each framework once', () => {
  const found = read(readFileSync(new URL('testdata/packages.lock.json', import.meta.url)));
  assert.deepEqual(found.rows, [
    'direct Serilog 3.1.1 needs ',
    'transitive System.Text.Json 8.0.0 needs System.Memory@4.5.5',
    'transitive System.Memory 4.5.5 needs ',
    'root harbour.core  needs Serilog@3.1.1',
    'transitive runtime.native.System 4.3.0 needs ',
  ]);
  assert.deepEqual(found.codes, []);
});

for (const [content, codes] of [
  ['{"dependencies":{"net8.0":{"A":{"type":"Direct"}}}}', ['nuget-lock-record-unusable']],
  ['{"version":1}', ['nuget-lock-unreadable']],
  ['[', ['nuget-lock-unreadable']],
] as const) {
  test(`${content} is a problem`, () => assert.deepEqual(read(content), { rows: [], codes }));
}
