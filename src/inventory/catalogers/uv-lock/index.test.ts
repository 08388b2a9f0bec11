import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { uvLock } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(uvLock, { 'app/uv.lock': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads projects and what they need for what', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/uv.lock', import.meta.url), 'utf8')), [
    'harbour 1.0.0 root > charts@2.4.1 tide@1.5',
    'pier 0.1.0 root > harbour@1.0.0',
    'charts 2.4.1 direct > tide@2.0',
    'lint 9.1 development direct > pages@0.3 tide@1.5',
    'numbers 3.0 optional direct',
    'pages 0.3 development transitive',
    'tide 1.5 direct',
    'tide 2.0 transitive',
  ]);
});

test('reads what it can of broken files', () => {
  const circle =
    '[[package]]\nname = "a"\nversion = "1"\nsource = { virtual = "." }\ndependencies = [{ name = "a" }, 7, { x = 1 }]\n';
  assert.deepEqual(lines(`[[package]]\nversion = "1"\n${circle}`), ['a 1 root > a@1', 'uv-lock-record-unusable 1']);
  assert.deepEqual(lines('[['), ['uv-lock-unreadable 1']);
});
