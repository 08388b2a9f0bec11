import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { composerLock } from './index.ts';

const sample = readFileSync(new URL('testdata/composer.lock', import.meta.url), 'utf8');

function lines(text: string, path = 'app/composer.lock'): string[] {
  const { packages, problems } = catalogFiles(composerLock, { [path]: text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads packages for run time and development', () => {
  assert.deepEqual(lines(sample), [
    'harbour/charts 2.4.1 (MIT OR Apache-2.0) > harbour/tide@v1.5.0',
    'harbour/tide v1.5.0 (BSD-3-Clause)',
    'harbour/lint 9.1.0 development ((MIT AND ISC) OR Zlib) > harbour/tide@v1.5.0',
  ]);
});

test('the lock file of a package that is installed is not the project’s', () => {
  assert.deepEqual(lines(sample, 'app/vendor/harbour/charts/composer.lock'), []);
});

for (const [what, text, expected] of [
  ['a bad record', '{"packages":[7,{"name":"a/c","version":"1"}]}', ['a/c 1', 'composer-lock-record-unusable 1']],
  ['something else', '{"a":1}', ['composer-lock-unreadable 1']],
  ['no JSON', '{', ['composer-lock-unreadable 1']],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines(text), expected));
}

test('the composer.json beside it tells what the project asks for', () => {
  const { packages } = catalogFiles(composerLock, {
    'app/composer.lock': readFileSync(new URL('testdata/composer.lock', import.meta.url), 'utf8'),
    'app/composer.json': '{"require":{"php":"*","Harbour/Charts":"^2"},"require-dev":{"harbour/lint":"*"}}',
  });
  assert.deepEqual(
    packages.map(({ name, relation, scope }) => `${name} ${relation} ${scope ?? ''}`),
    ['harbour/charts direct ', 'harbour/tide transitive ', 'harbour/lint direct development'],
  );
});
