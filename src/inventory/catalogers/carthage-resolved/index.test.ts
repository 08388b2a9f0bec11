import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { carthageResolved } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(carthageResolved, { 'app/Cartfile.resolved': text });
  return [...packages.map((found) => `${found.type} ${packageLine(found)}`), ...problems.map(problemLine)];
}

test('reads frameworks of each origin', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/Cartfile.resolved', import.meta.url), 'utf8')), [
    'swift github.com/Alamofire/Alamofire 5.6.4',
    'swift git.example.org/harbour/tides v1.2.0',
    'generic Charts 3.0.0 download_url=https://example.org/Charts.json',
  ]);
});

test('a line of another form is said to be unusable', () => {
  assert.deepEqual(lines('# comment\ngithub "a/b"\n'), ['carthage-resolved-record-unusable 1']);
});
