import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { bunLockb } from './index.ts';

const sample = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url));

function lines(bytes: Uint8Array, path = 'app/bun.lockb'): string[] {
  const { packages, problems } = catalogFiles(bunLockb, { [path]: bytes });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

for (const name of ['bun.lockb', 'bun.lockb.v2']) {
  test(`reads ${name}: a workspace, an alias, a prerelease`, () => {
    assert.deepEqual(lines(sample(name)).sort(), [
      'debug 4.4.3 direct > ms@2.1.3',
      'left-pad 1.3.0 direct',
      'lodash 4.17.20 direct',
      'ms 2.0.0 development direct',
      'ms 2.1.3 transitive',
      'typescript 5.6.0-beta direct',
    ]);
  });
}

test('what came with a package is not the project’s', () => {
  assert.deepEqual(lines(sample('bun.lockb'), 'app/node_modules/x/bun.lockb'), []);
});

test('damage is a problem', () => {
  const whole = sample('bun.lockb');
  const changed = (offset: number, value: number) => {
    const copy = Buffer.from(whole);
    copy.writeUInt32LE(value, offset);
    return copy;
  };
  for (const bytes of [
    whole.subarray(0, 1000),
    changed(42, 9),
    changed(0x56, 0xffff),
    changed(0x56, 0xffff_ffff),
    changed(0x6e, 0xffff_ffff),
    changed(0x76, 4),
  ])
    assert.deepEqual(lines(bytes), ['bun-lockb-unreadable 1']);
});
