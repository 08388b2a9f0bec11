import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { parseDeps } from './parse.ts';

test('reads what is loaded, with its place in the graph', () => {
  const sample = readFileSync(new URL('testdata/Harbour.deps.json', import.meta.url));
  const { packages, problems } = parseDeps(inputFile('app/Harbour.deps.json', sample));
  assert.deepEqual(problems, []);
  assert.deepEqual(
    packages.map((p) => `${p.relation} ${p.name} ${p.version} needs ${p.dependencies?.join() ?? '?'}`),
    [
      'root Harbour 1.0.0 needs Microsoft.NETCore.App.Runtime.linux-x64@8.0.4,Serilog@3.1.1,Tides@1.0.0',
      'direct Serilog 3.1.1 needs System.Text.Json@8.0.0',
      'transitive System.Text.Json 8.0.0 needs ',
      'direct Tides 1.0.0 needs ',
      'direct Microsoft.NETCore.App.Runtime.linux-x64 8.0.4 needs ',
    ],
  );
});

for (const [what, content, names, codes] of [
  ['no target', '{"libraries":{"A/1.0.0":{"type":"package"}}}', ['A'], []],
  [
    'a target as text',
    '{"runtimeTarget":"x","targets":{"x":{"A/1":{}}},"libraries":{"A/1":{"type":"package"}}}',
    [],
    [],
  ],
  ['a library without version', '{"libraries":{"A":{},"B/1":{}}}', ['B'], ['dotnet-deps-record-unusable']],
  ['no JSON', '{', [], ['dotnet-deps-unreadable']],
  ['another document', '[]', [], ['dotnet-deps-unreadable']],
] as const) {
  test(`reads a manifest with ${what}`, () => {
    const { packages, problems } = parseDeps(inputFile('app/x.deps.json', content));
    assert.deepEqual(
      packages.map(({ name }) => name),
      names,
    );
    assert.deepEqual(
      problems.map(({ code }) => code),
      codes,
    );
  });
}
