import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { pipRequirements } from './index.ts';

function lines(text: string | Uint8Array, path = 'app/requirements.txt'): string[] {
  const { packages, problems } = catalogFiles(pipRequirements, { [path]: text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

const sample = readFileSync(new URL('testdata/requirements.txt', import.meta.url), 'utf8');

test('takes what is pinned, and what is not without a version', () => {
  const expected = [
    'harbour-charts 2.4.1',
    'Tide 1.5',
    'open ',
    'ball 1.0 download_url=https://example.org/ball-1.0.tar.gz',
    'pip-requirements-version-open 1',
  ].map((line) => line.trim());
  assert.deepEqual(lines(sample), expected);
  assert.deepEqual(lines(sample.replaceAll('\n', '\r\n').replaceAll('\\\r', '\\')), expected);
});

test('requirements that came with a package are not the project’s', () => {
  assert.deepEqual(lines(sample, 'usr/lib/python3/site-packages/x/requirements.txt'), []);
});

test('reads UTF-16, as PowerShell writes it', () => {
  assert.deepEqual(lines(Buffer.from('\ufeffflask==3.0.3\r\n', 'utf16le')), ['flask 3.0.3']);
});

test('a line without an end is bounded', () => {
  assert.deepEqual(lines(`a==1 \\\n${'x \\\n'.repeat(500_000)}\nb==2\n`), ['a 1', 'b 2']);
});

test('follows includes, and constraints say which version', () => {
  const { packages } = catalogFiles(pipRequirements, {
    'app/requirements.txt': '-r requirements/base.txt\n-c constraints.txt\nFlask>2\n',
    'app/requirements/base.txt': 'tide\nopen\n--constraint=../more-constraints.txt\n-r ../requirements.txt\n',
    'app/constraints.txt': 'flask==3.0.3\nunused==1.0\n',
    'app/more-constraints.txt': 'Tide==1.5\n',
    'other/requirements.txt': 'tide\n-r ../../outside.txt\n-c https://example.org/constraints.txt\n',
  });
  assert.deepEqual(packages.map(packageLine), ['Flask 3.0.3', 'tide 1.5', 'open', 'tide']);
});
