import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine } from '../../../../test/kit/catalog-files.ts';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { goMod } from './index.ts';

const sampleMod = readFileSync(new URL('testdata/go.mod', import.meta.url), 'utf8');
const sampleSum = readFileSync(new URL('testdata/go.sum', import.meta.url), 'utf8');

function catalog(files: Readonly<Record<string, string>>) {
  const readings = Object.entries(files).map(([path, content]) => ({ path, ...goMod.read(inputFile(path, content)) }));
  const visible = readings.flatMap(({ path, fragment }) => (fragment ? [{ path, fragment, layer: 0, older: [] }] : []));
  return {
    rows: goMod.assemble(visible, {}).packages.map(({ package: p }) => `${p.relation ?? '-'} ${p.name} ${p.version}`),
    codes: readings.flatMap(({ problems }) => problems.map(({ code }) => code)),
  };
}

const required = [
  'root github.com/example/harbour ',
  'direct github.com/example/mux v1.8.1',
  'direct github.com/example/charts/v2 v2.1.0',
  'transitive golang.org/x/sys v0.0.0-20220406074731-71021a481237',
  'direct github.com/docker/docker v20.10.7+incompatible',
  'direct stdlib go1.22.3',
];

test('reads what is required, after replacements and exclusions', () => {
  const { rows, codes } = catalog({ 'app/go.mod': sampleMod });
  assert.deepEqual(rows, required);
  assert.deepEqual(codes, ['go-mod-replaced-by-directory']);
});

test('a complete go.mod needs no go.sum', () => {
  assert.deepEqual(catalog({ 'app/go.mod': sampleMod, 'app/go.sum': sampleSum }).rows, required);
});

test('go.sum alone lists the highest version of each module', () => {
  assert.deepEqual(catalog({ 'app/go.sum': sampleSum }).rows, [
    '- github.com/gorilla/mux v1.8.0',
    '- golang.org/x/text v0.3.7',
  ]);
});

test('go.sum adds what an old go.mod leaves out', () => {
  const old = 'module m\n\ngo 1.16\n\nrequire github.com/gorilla/mux v1.8.0\n';
  assert.deepEqual(catalog({ 'go.mod': old, 'go.sum': sampleSum }).rows, [
    'root m ',
    'direct github.com/gorilla/mux v1.8.0',
    'transitive golang.org/x/text v0.3.7',
  ]);
  assert.deepEqual(catalog({ 'go.mod': `${old}replace golang.org/x/text => ./text\n`, 'go.sum': sampleSum }).rows, [
    'root m ',
    'direct github.com/gorilla/mux v1.8.0',
  ]);
});

for (const [what, files, rows, codes] of [
  ['no module', { 'go.mod': 'require a.org/b v1.0.0' }, ['direct a.org/b v1.0.0'], ['go-mod-module-unnamed']],
  ['no version', { 'go.mod': 'module m\nrequire a.org/b' }, ['root m '], ['go-mod-record-unusable']],
  ['something else', { 'go.mod': 'not found' }, [], ['go-mod-unreadable']],
  ['a broken line', { 'go.sum': `<<<<<<< ours\n${sampleSum}` }, 2, ['go-mod-sum-line-unreadable']],
  ['a place in the module cache', { 'root/go/pkg/mod/a.org/b@v1.0.0/go.mod': sampleMod }, [], []],
] as const) {
  test(`reads a file with ${what}`, () => {
    const found = catalog(files);
    assert.deepEqual(typeof rows === 'number' ? found.rows.length : found.rows, rows);
    assert.deepEqual(found.codes, codes);
  });
}

test('a workspace replaces what its modules require', () => {
  const files = {
    'w/go.work':
      'go 1.22\nuse (\n\t./a\n\t../outside\n)\nreplace example.org/old => example.org/new v1.1.0\nreplace example.org/gone => ./gone\n',
    'w/a/go.mod': 'module example.org/a\ngo 1.22\nrequire (\n\texample.org/old v1.0.0\n\texample.org/gone v1.0.0\n)\n',
    'w/b/go.mod': 'module example.org/b\ngo 1.22\nrequire example.org/old v1.0.0\n',
  };
  assert.deepEqual(catalogFiles(goMod, files).packages.map(packageLine), [
    'example.org/a root > example.org/new@v1.1.0',
    'example.org/new v1.1.0 direct',
    'example.org/b root > example.org/old@v1.0.0',
    'example.org/old v1.0.0 direct',
  ]);
});
