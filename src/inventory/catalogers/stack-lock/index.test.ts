import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { stackLock } from './index.ts';

const sample = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');

function lines(files: Readonly<Record<string, string>>): string[] {
  const { packages, problems } = catalogFiles(stackLock, files);
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads what is locked beside the snapshot, and says that the snapshot is missing', () => {
  assert.deepEqual(lines({ 'app/stack.yaml.lock': sample('stack.yaml.lock') }), [
    'fuzzyset 0.2.4',
    'tides 0.1.0 vcs_url=git+https://git.example.org/tides.git@0123456789',
    'stack-lock-snapshot-unknown 1',
  ]);
});

test('reads what a project without lock file asks for', () => {
  const expected = ['fuzzyset 0.2.4', 'aeson 2.1.2.1', 'stack-lock-record-unusable 1'];
  assert.deepEqual(lines({ 'app/stack.yaml': sample('stack.yaml') }), expected);
  const both = { 'app/stack.yaml': sample('stack.yaml'), 'app/stack.yaml.lock': sample('stack.yaml.lock') };
  assert.equal(catalogFiles(stackLock, both).packages.length, 2);
});

test('a file that is too deep is a problem', () => {
  assert.deepEqual(lines({ 'app/stack.yaml.lock': `packages: ${'['.repeat(1000)}` }), ['stack-lock-unreadable 1']);
});
