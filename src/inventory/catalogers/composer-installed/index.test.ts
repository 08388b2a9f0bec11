import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { composerInstalled } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(composerInstalled, { 'app/vendor/composer/installed.json': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads what Composer 2 installed', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/installed.json', import.meta.url), 'utf8')), [
    'harbour/charts 2.4.1 (MIT OR GPL-2.0-only) > harbour/tide@v1.5.0',
    'harbour/tide v1.5.0 (BSD-3-Clause)',
    'harbour/lint dev-main development (proprietary)',
  ]);
});

for (const [what, text, expected] of [
  ['the list of Composer 1', '[{"name":"a/b","version":"1.0"}]', ['a/b 1.0']],
  [
    'a bad record',
    '[7,{"name":"a/b"},{"name":"a/c","version":"1"}]',
    ['a/c 1', 'composer-installed-record-unusable 2'],
  ],
  ['something else', '{"a":1}', ['composer-installed-unreadable 1']],
  ['no JSON', '[', ['composer-installed-unreadable 1']],
] as const) {
  test(`reads ${what}`, () => assert.deepEqual(lines(text), expected));
}
