import assert from 'node:assert/strict';
import { test } from 'node:test';
import { debianSource } from './debian-source.ts';

const cases: readonly [string, string, [string, string] | undefined, string, string][] = [
  ['curl', '7.88.1-10', undefined, 'curl', '7.88.1-10'],
  ['libfoo1', '1.0-1+b2', undefined, 'libfoo1', '1.0-1'],
  ['libfoo1', '1.0-1+b2', ['foo', '1.0-1'], 'foo', '1.0-1'],
  ['linux-image-6.1.0-21-amd64', '6.1.90-1', ['linux-signed-amd64', '6.1.90+1'], 'linux', '6.1.90-1'],
  ['linux-image-aws', '6.8.0-1', ['linux-signed-aws', '6.8.0-1'], 'linux-aws', '6.8.0-1'],
  ['tool', '1', ['linux-signedness', '1'], 'linux-signedness', '1'],
];

test('advisories speak of the source that the package was built from', () => {
  for (const [name, version, source, sourceName, sourceVersion] of cases) {
    const pkg = { name, version, ...(source && { source: { name: source[0], version: source[1] } }) };
    assert.deepEqual(debianSource(pkg), { name: sourceName, version: sourceVersion }, `${name} ${version}`);
  }
});
