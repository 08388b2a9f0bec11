import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { rockspec } from './index.ts';

const sample = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');

function lines(files: Readonly<Record<string, string>>): string[] {
  const { packages, problems } = catalogFiles(rockspec, files);
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads what a project asks for', () => {
  assert.deepEqual(lines({ 'app/harbour-dev-1.rockspec': sample('harbour-dev-1.rockspec') }), [
    'lua-cjson 2.1.0.10 direct',
    'luasocket direct',
    'busted development direct',
    'rockspec-version-open 2',
  ]);
});

test('a lock goes before what is asked for', () => {
  const files = {
    'app/harbour-dev-1.rockspec': sample('harbour-dev-1.rockspec'),
    'app/luarocks.lock': sample('luarocks.lock'),
  };
  assert.deepEqual(catalogFiles(rockspec, files).packages.map(packageLine), [
    'lua-cjson 2.1.0.10-1',
    'luasocket 3.1.0-1',
  ]);
});

test('what LuaRocks has installed is not the project’s', () => {
  const path = 'usr/lib/luarocks/rocks-5.1/harbour/dev-1/harbour-dev-1.rockspec';
  assert.deepEqual(lines({ [path]: sample('harbour-dev-1.rockspec') }), []);
});
