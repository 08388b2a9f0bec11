import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleReport } from '../../test/kit/report.ts';
import { repositoryPath } from './repository-path.ts';

test('files are named from where the program was started', () => {
  const table: readonly [target: string, path: string, expected: string][] = [
    ['.', 'a/Dockerfile', 'a/Dockerfile'],
    ['./', 'Dockerfile', 'Dockerfile'],
    ['./deploy/', 'web.yaml', 'deploy/web.yaml'],
    ['dir:deploy', 'web.yaml', 'deploy/web.yaml'],
    ['a/../b', 'c', 'b/c'],
    ['..', 'a', 'a'],
    ['/srv/shop', 'a/b', 'a/b'],
    ['.', 'a.zip!/b.yaml', 'a.zip'],
  ];
  for (const [name, path, expected] of table) {
    const artifact = { kind: 'tree', scheme: 'directory', name, tags: [], layers: [] } as const;
    assert.equal(repositoryPath({ artifact }, path), expected, name);
  }
});

test('files of an image are in no repository', () => {
  assert.equal(repositoryPath(sampleReport(), 'etc/passwd'), undefined);
});
