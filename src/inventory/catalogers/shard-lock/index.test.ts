import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { shardLock } from './index.ts';

const sample = readFileSync(new URL('testdata/shard.lock', import.meta.url), 'utf8');

function lines(files: Readonly<Record<string, string>>): string[] {
  const { packages, problems } = catalogFiles(shardLock, files);
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads shards of both forms', () => {
  assert.deepEqual(lines({ 'app/shard.lock': sample }), [
    'ameba 1.5.0 vcs_url=git+https://github.com/crystal-ameba/ameba.git',
    'tides 0.1.0+git.commit.0123456789abcdef0123456789abcdef01234567 vcs_url=git+https://git.example.org/tides.git',
    'old 0123456789 vcs_url=git+https://github.com/harbour/old.git',
  ]);
});

test('the shard.yml beside it tells what the project asks for', () => {
  const manifest = 'dependencies:\n  tides:\n    git: x\ndevelopment_dependencies:\n  ameba:\n    github: y\n';
  const { packages } = catalogFiles(shardLock, { 'app/shard.lock': sample, 'app/shard.yml': manifest });
  assert.deepEqual(
    packages.map(({ name, relation, scope }) => `${name} ${relation} ${scope ?? ''}`),
    ['ameba direct development', 'tides direct ', 'old transitive '],
  );
});

test('reads what it can', () => {
  assert.deepEqual(lines({ 'shard.lock': 'shards:\n  a:\n    git: x\n' }), ['shard-lock-record-unusable 1']);
  assert.deepEqual(lines({ 'shard.lock': 'hello' }), ['shard-lock-unreadable 1']);
});
