import assert from 'node:assert/strict';
import { it } from 'node:test';
import { absolutePath } from './paths.ts';

const cases: readonly (readonly [directory: string, path: string, absolute: string])[] = [
  ['/', '/etc/passwd', '/etc/passwd'],
  ['/etc', 'passwd', '/etc/passwd'],
  ['/etc/', './../root//.ssh/', '/root/.ssh'],
  ['/a/b', '../../../../etc', '/etc'],
  ['/a', '/x/../etc/./shadow', '/etc/shadow'],
  ['/a', '/etc/.hidden', '/etc/.hidden'],
  ['/a', '', '/a'],
  ['/', '/', '/'],
  ['/x', '..', '/'],
];

for (const [directory, path, absolute] of cases) {
  it(`${path} in ${directory} is ${absolute}`, () => assert.equal(absolutePath(directory, path), absolute));
}
