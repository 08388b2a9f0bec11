import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { yarnLock } from './index.ts';

function lines(text: string, path = 'app/yarn.lock'): string[] {
  const { packages, problems } = catalogFiles(yarnLock, { [path]: text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

function sample(name: string): string {
  return readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');
}

test('reads classic files, where the project is not known', () => {
  assert.deepEqual(lines(sample('yarn.lock')), [
    '@harbour/charts 2.1.0 > @harbour/tide@1.5.0 left-pad@1.3.0 watch@1.0.2',
    '@harbour/tide 1.5.0',
    'left-pad 1.3.0',
    'watch 1.0.2',
  ]);
});

test('reads berry files: the project, aliases, patches, long keys', () => {
  assert.deepEqual(lines(sample('yarn.lock.berry')), [
    '@harbour/charts 2.1.0 direct > @harbour/tide@1.5.0 left-pad@1.3.0',
    '@harbour/tide 1.5.0 transitive',
    'left-pad 1.3.0 transitive',
    'watch 1.0.2 direct > @harbour/tide@1.5.0',
  ]);
});

test('the lock file of a package that is installed is not the project’s', () => {
  assert.deepEqual(lines(sample('yarn.lock'), 'app/node_modules/x/yarn.lock'), []);
});

for (const [what, text, expected] of [
  [
    'a block without a version',
    'a@1:\n  resolved "x"\n\nb@1:\n  version "1"\n',
    ['b 1', 'yarn-lock-record-unusable 1'],
  ],
  ['a line of another form', 'what is this\n\nb@1:\n  version "1"\n', ['b 1', 'yarn-lock-line-unreadable 1']],
  ['a merge conflict', '<<<<<<< HEAD\nb@1:\n  version "1"\n=======\n', ['b 1', 'yarn-lock-line-unreadable 2']],
  ['lines ended by CR LF', 'b@1:\r\n  version "1"\r\n  dependencies:\r\n    b "1"\r\n', ['b 1 > b@1']],
  ['names of prototypes', '__proto__@1:\n  version "1"\n', ['__proto__ 1']],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines(text), expected));
}

for (const file of ['yarn.lock.workspace', 'yarn.lock.berry-workspace']) {
  test(`the projects tell what ${file} is needed for`, () => {
    const { packages } = catalogFiles(yarnLock, {
      'app/yarn.lock': sample(file),
      'app/package.json': JSON.stringify({
        workspaces: ['packages/*'],
        dependencies: { debug: '^4.3.4' },
        devDependencies: { ms: '2.0.0' },
      }),
      'app/packages/a/package.json': JSON.stringify({
        dependencies: { lodash: '4.17.20' },
        optionalDependencies: { 'left-pad': '^1.3.0' },
      }),
      'app/node_modules/ms/package.json': JSON.stringify({ dependencies: { lodash: '1' } }),
    });
    assert.deepEqual(packages.map(packageLine), [
      'debug 4.4.3 direct > ms@2.1.3',
      'left-pad 1.3.0 optional direct',
      'lodash 4.17.20 direct',
      'ms 2.0.0 development direct',
      'ms 2.1.3 transitive',
    ]);
  });
}
