import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { rebarLock } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(rebarLock, { 'app/rebar.lock': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads packages and how they are asked for', () => {
  const commit = '0123456789abcdef0123456789abcdef01234567';
  assert.deepEqual(lines(readFileSync(new URL('testdata/rebar.lock', import.meta.url), 'utf8')), [
    'cowboy 2.10.0 direct',
    'cowlib 2.12.1 transitive',
    `tides ${commit} direct vcs_url=git+https://git.example.org/tides.git@${commit}`,
  ]);
});

for (const [what, text, expected] of [
  ['the form of old releases', '[{<<"a">>,{pkg,<<"a">>,<<"1.0">>,<<"AB">>},0}].', ['a 1.0 direct']],
  ['nothing locked', '[].', []],
  [
    'a package of another form',
    '[{<<"a">>,{pkg,<<"a">>,<<"1.0">>},0},{<<"b">>,{raw,"x"},0}].',
    ['a 1.0 direct', 'rebar-lock-record-unusable 1'],
  ],
  ['something else', 'hello', ['rebar-lock-unreadable 1']],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines(text), expected));
}
