import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { opamFile } from './index.ts';

const sample = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');

function lines(files: Readonly<Record<string, string>>): string[] {
  const { packages, problems } = catalogFiles(opamFile, files);
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads what a project asks for', () => {
  assert.deepEqual(lines({ 'app/harbour.opam': sample('harbour.opam') }), [
    'ocaml direct',
    'dune direct',
    'lwt 5.7.0 direct',
    'alcotest development direct',
    'tls optional direct',
    'opam-file-version-open 4',
  ]);
});

test('a lock goes before what is asked for', () => {
  const files = {
    'app/harbour.opam': sample('harbour.opam'),
    'app/harbour.opam.locked': sample('harbour.opam.locked'),
  };
  assert.deepEqual(catalogFiles(opamFile, files).packages.map(packageLine), [
    'lwt 5.7.0',
    'ocaml 4.14.1',
    'alcotest 1.7.0 development',
  ]);
});

test('a file of something else has no packages', () => assert.deepEqual(lines({ 'a.opam': 'depends: what' }), []));
