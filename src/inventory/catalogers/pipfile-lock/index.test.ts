import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { pipfileLock } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(pipfileLock, { 'app/Pipfile.lock': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads categories; what two of them name is needed for the stronger', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/Pipfile.lock', import.meta.url), 'utf8')), [
    'harbour-charts 2.4.1',
    'repo',
    'tide 1.5',
    'lint 9.1 development',
    'open development',
    'pages 0.3 optional',
    'pipfile-lock-version-open 1',
  ]);
});

for (const [what, text, expected] of [
  ['a bad record', '{"_meta":{},"default":{"a":7,"b":{"version":"==1"}}}', ['b 1', 'pipfile-lock-record-unusable 1']],
  ['something else', '{"a":1}', ['pipfile-lock-unreadable 1']],
  ['no JSON', '{', ['pipfile-lock-unreadable 1']],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines(text), expected));
}

test('the Pipfile beside it tells what the project asks for', () => {
  const { packages } = catalogFiles(pipfileLock, {
    'app/Pipfile.lock': readFileSync(new URL('testdata/Pipfile.lock', import.meta.url), 'utf8'),
    'app/Pipfile': '[[source]]\nname = "pypi"\n[packages]\nHarbour_Charts = "*"\n[dev-packages]\nlint = "*"\n',
  });
  assert.deepEqual(packages.map(packageLine).slice(0, 4), [
    'harbour-charts 2.4.1 direct',
    'repo transitive',
    'tide 1.5 transitive',
    'lint 9.1 development direct',
  ]);
});
