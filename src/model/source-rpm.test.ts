import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSourceRpm } from './source-rpm.ts';

test('takes the source from the file name of the source package', () => {
  const table: [string, string | undefined][] = [
    ['bash-5.1.8-6.el9.src.rpm', 'bash 5.1.8-6.el9'],
    ['java-1.8.0-openjdk-1.8.0.352.b08-2.el9.src.rpm', 'java-1.8.0-openjdk 1.8.0.352.b08-2.el9'],
    ['firmware-1-2.nosrc.rpm', 'firmware 1-2'],
    ['(none)', undefined],
    ['x-1.src.rpm', undefined],
    ['bash-5.1.8-6.el9.x86_64.rpm', undefined],
  ];
  for (const [name, source] of table) {
    const parsed = parseSourceRpm(name);
    assert.equal(parsed && `${parsed.name} ${parsed.version}`, source, name);
  }
});
