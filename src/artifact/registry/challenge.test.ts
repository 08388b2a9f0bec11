import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Challenge, parseChallenges } from './challenge.ts';

const rows: readonly (readonly [string | undefined, readonly Challenge[]])[] = [
  [undefined, []],
  ['', []],
  ['Basic realm="x"', [{ scheme: 'basic', parameters: { realm: 'x' } }]],
  ['BASIC', [{ scheme: 'basic', parameters: {} }]],
  [
    'Bearer realm="https://a/b?c=d,e",service="s",scope="repository:x:pull,push"',
    [{ scheme: 'bearer', parameters: { realm: 'https://a/b?c=d,e', service: 's', scope: 'repository:x:pull,push' } }],
  ],
  [
    'Bearer realm=token , service = "a \\"q\\" b"',
    [{ scheme: 'bearer', parameters: { realm: 'token', service: 'a "q" b' } }],
  ],
  [
    'Basic realm="a", Bearer Realm="b", Negotiate',
    [
      { scheme: 'basic', parameters: { realm: 'a' } },
      { scheme: 'bearer', parameters: { realm: 'b' } },
      { scheme: 'negotiate', parameters: {} },
    ],
  ],
  ['Bearer realm="first",realm="second"', [{ scheme: 'bearer', parameters: { realm: 'first' } }]],
  ['Bearer realm="never closed', [{ scheme: 'bearer', parameters: {} }]],
  ['="x"', []],
  ['Bearer __proto__="x"', [{ scheme: 'bearer', parameters: {} }]],
];
for (const [header, expected] of rows) {
  test(`${JSON.stringify(header)}`, () => assert.deepEqual(parseChallenges(header), expected));
}

test('hostile headers take no time', () => {
  for (const header of [
    '"'.repeat(100_000),
    '\\'.repeat(100_000),
    `Bearer a="${'\\"'.repeat(50_000)}`,
    ','.repeat(100_000),
  ])
    parseChallenges(header);
});
