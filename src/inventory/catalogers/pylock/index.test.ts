import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { pylock } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(pylock, { 'app/pylock.toml': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads packages for several environments', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/pylock.toml', import.meta.url), 'utf8')), [
    'harbour-charts 2.4.1 > salt@0.2 tide@1.5',
    'tide 1.5',
    'salt 0.2',
    'salt 0.3',
    'pier',
  ]);
});

test('reads what it can of broken files', () => {
  assert.deepEqual(lines('[[packages]]\n[[packages]]\nname = "b"\nversion = "1"\n'), [
    'b 1',
    'pylock-record-unusable 1',
  ]);
  assert.deepEqual(lines('a = '), ['pylock-unreadable 1']);
});
