import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileGlob } from './glob.ts';
import { publishedPlaceOf, publishedPlaces } from './index.ts';

test('globs', () => {
  const rows: readonly (readonly [glob: string, path: string, matches: boolean])[] = [
    ['**/.env', '.env', true],
    ['**/.env', 'srv/app/.env', true],
    ['**/.env', 'srv/app/x.env', false],
    ['**/*.ini', 'etc/a/b.ini', true],
    ['**/*.ini', 'etc/a/b.ini.bak', false],
    ['etc/*', 'etc/passwd', true],
    ['etc/*', 'etc/a/b', false],
    ['etc/**', 'etc/a/b', true],
    ['**/node_modules/**/test/**', 'app/node_modules/x/test/key.pem', true],
    ['**/node_modules/**/test/**', 'app/node_modules/test/key.pem', true],
    ['**/node_modules/**/test/**', 'app/node_modules/x/key.pem', false],
    ['a**b', 'a/x/b', true],
    ['a.c', 'abc', false],
  ];
  for (const [glob, path, matches] of rows) assert.equal(compileGlob(glob)(path), matches, `${glob} ${path}`);
});

test('a hostile glob takes no longer than glob times path', () => {
  assert.equal(compileGlob(`${'*a'.repeat(200)}b`)('a'.repeat(4000)), false);
});

test('places by confidence', () => {
  const rows: readonly (readonly [path: string, confidence: 'verified' | 'high' | 'low', place: string | undefined])[] =
    [
      ['usr/share/doc/curl/examples/key.pem', 'high', 'documentation'],
      ['usr/share/doc/curl/examples/key.pem', 'verified', undefined],
      ['app/node_modules/x/lib/a.js', 'low', 'published-code'],
      ['app/node_modules/x/lib/a.js', 'high', undefined],
      ['app/node_modules/x/test/a.pem', 'high', 'package-tests'],
      ['srv/app/test/a.pem', 'high', undefined],
      ['srv/app/.env', 'low', undefined],
    ];
  for (const [path, confidence, place] of rows)
    assert.equal(publishedPlaceOf(path, confidence)?.id, place, `${path} ${confidence}`);
  assert.equal(new Set(publishedPlaces.map((place) => place.id)).size, publishedPlaces.length);
});
