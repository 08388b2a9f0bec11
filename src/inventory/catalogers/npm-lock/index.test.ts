import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { npmLock } from './index.ts';

function lines(text: string, path = 'app/package-lock.json'): string[] {
  const { packages, problems } = catalogFiles(npmLock, { [path]: text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

function sample(name: string): string {
  return readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');
}

test('reads packages by path: nested ones, links, aliases, workspaces', () => {
  assert.deepEqual(lines(sample('package-lock.json')), [
    'charts 2.1.0 direct (MIT) > tide@1.5.0',
    'tide 1.5.0 transitive (ISC)',
    'lint 9.1.0 development direct > charts@2.1.0 tide@2.0.0',
    'left-pad 1.3.0 direct (WTFPL)',
    'tide 2.0.0 development transitive',
    'watch 1.0.2 optional direct',
    'pier 0.1.0 direct > charts@2.1.0',
  ]);
});

test('reads the tree of version 1', () => {
  assert.deepEqual(
    lines(sample('package-lock.json.v1')).sort(),
    [
      '@other/left-pad 1.3.0',
      'ball 3.2.1 download_url=https://example.org/ball/-/ball-3.2.1.tgz',
      'charts 2.1.0 > tide@1.5.0',
      'lint 9.1.0 development > charts@2.1.0 tide@2.0.0',
      'pier ',
      'repo  vcs_url=git+ssh://git@example.org/repo.git#0123456789abcdef0123456789abcdef01234567',
      'tide 1.5.0',
      'tide 2.0.0 development',
      'watch 1.0.2 optional',
    ].map((line) => line.replace(/ {2}/, ' ').trimEnd()),
  );
});

test('copies of a package are one, needed at run time if one of them is', () => {
  const packages = {
    'node_modules/a': { version: '1.0.0', dev: true },
    'node_modules/b/node_modules/a': { version: '1.0.0' },
  };
  assert.deepEqual(lines(JSON.stringify({ lockfileVersion: 3, packages })), ['a 1.0.0 transitive']);
});

test('the lock file of a package that is installed is not the project’s', () => {
  assert.deepEqual(lines(sample('package-lock.json'), 'app/node_modules/x/npm-shrinkwrap.json'), []);
});

for (const [what, text, expected] of [
  [
    'a bad entry',
    '{"packages":{"node_modules/a":7,"node_modules/b":{"version":"1"}}}',
    ['b 1 transitive', 'npm-lock-record-unusable 1'],
  ],
  [
    'a bad version',
    '{"packages":{"node_modules/a":{"version":{}},"node_modules/b":{"version":"1"}}}',
    ['a transitive', 'b 1 transitive'],
  ],
  [
    'names of prototypes',
    '{"packages":{"":{"dependencies":{"constructor":"1"}},"node_modules/__proto__":{"version":"1"}}}',
    ['__proto__ 1 transitive'],
  ],
  ['a link to nothing', '{"packages":{"node_modules/a":{"link":true,"resolved":"gone"}}}', []],
  [
    'a bad node of a tree',
    '{"dependencies":{"a":[],"b":{"version":"1","requires":true}}}',
    ['b 1', 'npm-lock-record-unusable 1'],
  ],
  ['no JSON', '{"packages":', ['npm-lock-unreadable 1']],
  ['a list', '[]', ['npm-lock-unreadable 1']],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines(text), expected));
}

test('a tree without an end is cut with a problem', () => {
  const depth = 5000;
  const text = `{"dependencies":${'{"a":{"version":"1","dependencies":'.repeat(depth)}{}${'}}'.repeat(depth)}}`;
  assert.deepEqual(lines(text), ['a 1', 'npm-lock-too-deep 1']);
});

test('links and circles end', () => {
  const packages = {
    '': { dependencies: { a: '1' } },
    'node_modules/a': { version: '1', dependencies: { b: '1', a: '1' } },
    'node_modules/b': { version: '1', dependencies: { a: '1' } },
    'node_modules/c': { link: true, resolved: 'node_modules/c' },
  };
  assert.deepEqual(lines(JSON.stringify({ packages })), ['a 1 direct > b@1', 'b 1 transitive > a@1']);
});

test('searches through deep places for many dependencies are cut with a problem', () => {
  const dependencies = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`absent-${index}`, '1']));
  const deep = 'node_modules/a/'.repeat(130);
  const packages = Object.fromEntries(
    Array.from({ length: 250 }, (_, index) => [`${deep}node_modules/b${index}`, { version: `${index}`, dependencies }]),
  );
  const found = lines(JSON.stringify({ packages }));
  assert.equal(found.length, 251);
  assert.equal(found.at(-1), 'npm-lock-too-many-dependencies 1');
  assert.deepEqual(lines(JSON.stringify({ packages: { [`${'node_modules/a/'.repeat(200)}b`]: { version: '1' } } })), [
    'npm-lock-record-unusable 1',
  ]);
});

test('of version 1 the package.json beside it tells what the project asks for', () => {
  const { packages } = catalogFiles(npmLock, {
    'app/package-lock.json': sample('package-lock.json.v1-debug'),
    'app/package.json': '{"dependencies":{"debug":"^4.3.4"},"devDependencies":{"ms":"2.0.0"}}',
  });
  assert.deepEqual(packages.map(packageLine).sort(), [
    'debug 4.4.3 direct > ms@2.1.3',
    'ms 2.0.0 development direct',
    'ms 2.1.3 transitive',
  ]);
});
