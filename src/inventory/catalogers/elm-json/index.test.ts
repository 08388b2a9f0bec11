import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { elmJson } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(elmJson, { 'app/elm.json': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads what an application is built with', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/elm.json', import.meta.url), 'utf8')), [
    'elm/browser 1.0.2 direct',
    'elm/core 1.0.5 direct',
    'elm/json 1.1.3 transitive',
    'elm-explorations/test 2.1.2 development direct',
    'elm/random 1.0.0 development transitive',
  ]);
});

for (const [what, text, expected] of [
  [
    'a package',
    '{"type":"package","dependencies":{"elm/core":"1.0.0 <= v < 2.0.0"}}',
    ['elm/core direct', 'elm-json-version-open 1'],
  ],
  ['no JSON', '{', ['elm-json-unreadable 1']],
  [
    'a bad version',
    '{"dependencies":{"direct":{"a/b":7,"c/d":"1.0.0"}}}',
    ['c/d 1.0.0 direct', 'elm-json-record-unusable 1'],
  ],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines(text), expected));
}
