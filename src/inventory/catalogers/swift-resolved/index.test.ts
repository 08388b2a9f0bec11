import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { swiftResolved } from './index.ts';

function read(content: string | Buffer) {
  const { fragment, problems } = swiftResolved.read(inputFile('Package.resolved', content));
  const rows = (fragment?.packages ?? []).map((p) => `${p.name} ${p.version}`);
  return { rows, problems: problems.map(({ code, subject }) => `${code} ${subject}`) };
}

function sample(name: string): Buffer {
  return readFileSync(new URL(`testdata/${name}`, import.meta.url));
}

for (const [what, content, rows, problems] of [
  [
    'version 3',
    sample('Package.resolved'),
    ['github.com/apple/swift-nio 2.62.0', 'git.example.org/port/tides main', 'port.charts 1.0.0'],
    ['swift-resolved-record-unusable Package.resolved: nothing'],
  ],
  ['version 1', sample('Package.resolved.v1'), ['github.com/Alamofire/Alamofire 5.8.1'], []],
  ['something else', '{}', [], ['swift-resolved-unreadable Package.resolved']],
] as const) {
  test(`reads ${what}`, () => assert.deepEqual(read(content), { rows, problems }));
}
