import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { parseAssets } from './parse.ts';

function read(content: string | Buffer) {
  const { packages, problems } = parseAssets(inputFile('obj/project.assets.json', content));
  return {
    rows: packages.map((p) => `${p.relation} ${p.name} ${p.version} needs ${p.dependencies?.join()}`),
    codes: problems.map(({ code }) => code),
  };
}

test('reads the graph and what the project asks for', () => {
  assert.deepEqual(read(readFileSync(new URL('testdata/project.assets.json', import.meta.url))), {
    rows: [
      'direct Serilog 3.1.1 needs System.Text.Json@8.0.0',
      'transitive System.Text.Json 8.0.0 needs ',
      'root Harbour.Core 1.0.0 needs ',
    ],
    codes: [],
  });
});

for (const [content, rows, codes] of [
  ['{"targets":{"net8.0":{"A":{},"B/1":{}}}}', ['transitive B 1 needs '], ['nuget-assets-record-unusable']],
  ['{}', [], ['nuget-assets-unreadable']],
] as const) {
  test(`${content} is a problem`, () => assert.deepEqual(read(content), { rows, codes }));
}
