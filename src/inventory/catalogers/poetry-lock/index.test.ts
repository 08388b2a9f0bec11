import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { poetryLock } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(poetryLock, { 'app/poetry.lock': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads packages of old and new files', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/poetry.lock', import.meta.url), 'utf8')), [
    'harbour-charts 2.4.1 > tide@1.5',
    'lint 9.1 development',
    'old-lint 1.0 development',
    'pages 0.3 optional',
    'tide 1.5',
  ]);
});

for (const [what, text, expected] of [
  [
    'a record without a name',
    '[[package]]\nversion = "1"\n[[package]]\nname = "b"\nversion = "1"\n',
    ['b 1', 'poetry-lock-record-unusable 1'],
  ],
  [
    'names of prototypes',
    '[[package]]\nname = "__proto__"\nversion = "1"\n[package.dependencies]\nconstructor = "1"\n',
    ['__proto__ 1'],
  ],
  [
    'two versions of one name',
    '[[package]]\nname = "a"\nversion = "1"\n[[package]]\nname = "a"\nversion = "2"\n[[package]]\nname = "b"\nversion = "1"\n[package.dependencies]\nA = "*"\n',
    ['a 1', 'a 2', 'b 1 > a@1 a@2'],
  ],
  ['no TOML', '[[package]\n', ['poetry-lock-unreadable 1']],
  ['nesting without an end', `a = ${'['.repeat(100_000)}`, ['poetry-lock-unreadable 1']],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines(text), expected));
}

test('the pyproject.toml beside it tells what the project asks for', () => {
  const locked = (name: string, needs = '') =>
    `[[package]]\nname = "${name}"\nversion = "1"\n${needs && `[package.dependencies]\n${needs} = "*"\n`}`;
  const { packages } = catalogFiles(poetryLock, {
    'app/poetry.lock':
      ['Flask', 'lint', 'docs', 'extra'].map((name) => locked(name, `${name}-core`)).join('') +
      ['flask-core', 'lint-core', 'docs-core', 'extra-core'].map((name) => locked(name)).join(''),
    'app/pyproject.toml': `[project]
dependencies = ["flask>=1"]
[project.optional-dependencies]
x = ["extra"]
[dependency-groups]
dev = ["lint"]
[tool.poetry.group.docs.dependencies]
docs = "^1"
`,
  });
  assert.deepEqual(packages.map(packageLine), [
    'Flask 1 direct > flask-core@1',
    'lint 1 development direct > lint-core@1',
    'docs 1 development direct > docs-core@1',
    'extra 1 optional direct > extra-core@1',
    'flask-core 1 transitive',
    'lint-core 1 development transitive',
    'docs-core 1 development transitive',
    'extra-core 1 optional transitive',
  ]);
});
