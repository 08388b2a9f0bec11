import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles } from '../../../../test/kit/catalog-files.ts';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { cargoLock } from './index.ts';
import { parseCargoLock } from './parse.ts';

function rows(content: string | Buffer): { rows: string[]; codes: string[] } {
  const { packages, problems } = parseCargoLock(inputFile('Cargo.lock', content));
  const text = packages.map((p) => {
    const origin = Object.entries(p.qualifiers ?? {}).map(([key, value]) => ` ${key}=${value}`);
    return `${p.relation} ${p.name} ${p.version} needs ${p.dependencies?.join() ?? '?'}${origin.join('')}`;
  });
  return { rows: text, codes: problems.map(({ code }) => code) };
}

for (const [variant, expected] of [
  ['Cargo.lock', 'version 4, other registries and repositories'],
  ['Cargo.lock.v1', 'version 1'],
] as const) {
  test(`reads ${expected}`, () => {
    const found = rows(readFileSync(new URL(`testdata/${variant}`, import.meta.url)));
    assert.deepEqual(found.codes, []);
    const git = variant === 'Cargo.lock' ? ' vcs_url=git+https://git.example.org/buoys?tag=v0.3.0#0123456789' : '';
    assert.deepEqual(found.rows.sort(), [
      `direct buoys 0.3.0 needs ${git}`,
      'direct memchr 1.0.2 needs libc@0.2.140',
      'direct regex 1.7.3 needs memchr@2.5.0',
      'root harbour 0.1.0 needs buoys@0.3.0,memchr@1.0.2,regex@1.7.3',
      'transitive libc 0.2.140 needs ',
      'transitive memchr 2.5.0 needs ',
    ]);
  });
}

test('a package without version does not lose the others', () => {
  const found = rows('[[package]]\nname = "a"\n\n[[package]]\nname = "b"\nversion = "1.0.0"\n');
  assert.deepEqual(found.rows, ['root b 1.0.0 needs ']);
  assert.deepEqual(found.codes, ['cargo-lock-record-unusable']);
});

test('what is no lock file is said to be none', () => {
  assert.deepEqual(rows('<<<<<<< ours\n').codes, ['cargo-lock-unreadable']);
});

test('lock files of downloaded crates are passed over', () => {
  const path = 'root/.cargo/registry/src/index/crate-1.0.0/Cargo.lock';
  const { packages } = catalogFiles(cargoLock, { [path]: '[[package]]\nname = "a"\nversion = "1.0.0"\n' });
  assert.deepEqual(packages, []);
});

test('manifests of the workspace tell what is needed to test and to build only', () => {
  const sample = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url));
  const { packages } = catalogFiles(cargoLock, {
    'app/Cargo.lock': sample('Cargo.lock.workspace'),
    'app/Cargo.toml': sample('Cargo.toml'),
    'app/b/Cargo.toml': sample('Cargo.toml.b'),
  });
  assert.deepEqual(
    packages.map(({ name, relation, scope }) => `${name} ${relation} ${scope ?? ''}`.trim()),
    [
      'b root',
      'cc direct development',
      'cfg-if direct',
      'find-msvc-tools transitive development',
      'harbour root',
      'itoa direct development',
      'libc direct',
      'log direct',
      'memchr transitive development',
      'proc-macro2 transitive development',
      'quote transitive development',
      'serde transitive development',
      'serde_core transitive development',
      'serde_derive transitive development',
      'serde_json direct development',
      'shlex transitive development',
      'syn transitive development',
      'unicode-ident transitive development',
      'zmij transitive development',
    ],
  );
});
