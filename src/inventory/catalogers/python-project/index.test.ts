import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { pythonProject } from './index.ts';

const sample = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');

function lines(files: Readonly<Record<string, string>>): string[] {
  const { packages, problems } = catalogFiles(pythonProject, files);
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

for (const [name, expected] of [
  [
    'pyproject.toml',
    [
      'flask 3.0.3 direct',
      'idna direct',
      'markupsafe optional direct',
      'iniconfig development direct',
      'python-project-version-open 3',
    ],
  ],
  [
    'setup.cfg',
    [
      'flask 3.0.3 direct',
      'idna direct',
      'tomli direct',
      'pytest development direct',
      'orjson 3.9.0 optional direct',
      'python-project-version-open 3',
    ],
  ],
  [
    'setup.py',
    [
      'flask 3.0.3 direct',
      'requests direct',
      'pytest development direct',
      'python-project-version-open 2',
      'python-project-read-as-text 1',
    ],
  ],
  ['Pipfile', ['flask 3.0.3 direct', 'idna direct', 'iniconfig development direct', 'python-project-version-open 2']],
] as const) {
  test(`reads what ${name} asks for`, () => assert.deepEqual(lines({ [`app/${name}`]: sample(name) }), expected));
}

test('a lock file beside it tells more', () => {
  assert.deepEqual(lines({ 'app/pyproject.toml': sample('pyproject.toml'), 'app/uv.lock': 'x' }), []);
});

test('a list without an end is bounded', () => {
  const many = `install_requires=[${'"a",\n'.repeat(100_000)}`;
  assert.deepEqual(lines({ 'setup.py': many }).slice(0, 1), ['a direct']);
  assert.deepEqual(lines({ 'pyproject.toml': '[' }), ['python-project-unreadable 1']);
});
