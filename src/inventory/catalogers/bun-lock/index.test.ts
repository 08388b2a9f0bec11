import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { bunLock } from './index.ts';
import { plainJson } from './plain-json.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(bunLock, { 'app/bun.lock': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads packages, those of one package only, aliases, workspaces and what is needed for what', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/bun.lock', import.meta.url), 'utf8')), [
    '@harbour/charts 2.1.0 direct > tide@1.5.0',
    'tide 1.5.0 transitive',
    'lint 9.1.0 development direct > tide@2.0.0',
    'left-pad 1.3.0 direct',
    'repo transitive',
    'tide 2.0.0 direct',
    'watch 1.0.2 optional direct',
  ]);
});

for (const [what, text, expected] of [
  [
    'a bad record',
    '{"lockfileVersion":1,"packages":{"a":7,"b":["b@1.0.0"]}}',
    ['b 1.0.0 transitive', 'bun-lock-record-unusable 1'],
  ],
  [
    'names of prototypes',
    '{"lockfileVersion":1,"packages":{"__proto__":["__proto__@1.0.0"]}}',
    ['__proto__ 1.0.0 transitive'],
  ],
  ['something else', '{}', ['bun-lock-unreadable 1']],
  ['a file that was cut', '{"lockfileVersion":1,', ['bun-lock-unreadable 1']],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines(text), expected));
}

test('leaves out comments and trailing commas outside of texts only', () => {
  const text = '{"a": "// , ]", /* , */ "b": [1, 2, ], // x\n "c\\"": {"d": 1,\n},}';
  assert.deepEqual(JSON.parse(plainJson(text)), { a: '// , ]', b: [1, 2], 'c"': { d: 1 } });
  for (const odd of ['"', '/*', '//', ',', '"\\', ',]', '/']) assert.equal(typeof plainJson(odd), 'string');
});
