import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FileWish, PathPattern } from './file-wish.ts';
import { presentedPath } from './file-wish.ts';
import { compileSelection } from './selection.ts';

const maxBytes = 100;
const wish = (reader: string, pattern: PathPattern): FileWish => ({ reader, pattern });
const selection = compileSelection([
  wish('exact', { kind: 'path', path: 'var/lib/dpkg/status', maxBytes }),
  wish('listed', { kind: 'directory', path: 'var/lib/dpkg/info', suffix: '.list', maxBytes }),
  wish('named', { kind: 'name', name: 'copyright', under: 'usr/share/doc', maxBytes }),
  wish('ending', { kind: 'suffix', suffix: '.jar', under: 'opt', maxBytes }),
]);

describe('who wants a file', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['var/lib/dpkg/status', ['exact']],
    ['var/lib/dpkg/status-old', []],
    ['x/var/lib/dpkg/status', []],
    ['var/lib/dpkg/info/curl.list', ['listed']],
    ['var/lib/dpkg/info/curl.md5sums', []],
    ['var/lib/dpkg/info/deeper/curl.list', []],
    ['usr/share/doc/a/copyright', ['named']],
    ['usr/share/doc/copyright', ['named']],
    ['usr/share/document/copyright', []],
    ['copyright', []],
    ['opt/a/b.jar', ['ending']],
    ['opt/a/b.jart', []],
    ['optional/b.jar', []],
  ];
  for (const [path, readers] of cases) {
    test(path, () =>
      assert.deepEqual(
        selection.wishesFor(path).map(({ reader }) => reader),
        readers,
      ),
    );
  }
  test('everybody who asked is answered, for the root as well', () => {
    const everywhere = compileSelection([
      wish('a', { kind: 'path', path: 'x.jar', maxBytes }),
      wish('b', { kind: 'directory', path: '', suffix: '', maxBytes }),
      wish('c', { kind: 'name', name: 'x.jar', maxBytes }),
      wish('d', { kind: 'suffix', suffix: '.jar', maxBytes }),
    ]);
    assert.deepEqual(
      everywhere.wishesFor('x.jar').map(({ reader }) => reader),
      ['a', 'b', 'c', 'd'],
    );
    assert.equal(everywhere.isRelevant('any/where'), true);
  });
});

describe('what decides about wanted files', () => {
  const cases: readonly (readonly [string, boolean])[] = [
    ['var', true],
    ['var/lib/dpkg/status', true],
    ['var/lib/dpkg/info', true],
    ['var/lib/dpkg/info/curl.list', true],
    ['var/lib/dpkg/info/curl.md5sums', false],
    ['var/lib/other', false],
    ['usr/share/doc', true],
    ['usr/share/doc/any/thing', true],
    ['usr/share/documents', false],
    ['usr/bin', false],
    ['opt/x', true],
  ];
  for (const [path, expected] of cases)
    test(`${path}: ${expected}`, () => assert.equal(selection.isRelevant(path), expected));
});

test('ways lead to everything that is opened directly', () => {
  assert.deepEqual([...selection.namesIn('')], ['var', 'usr', 'opt']);
  assert.deepEqual([...selection.namesIn('var/lib/dpkg')], ['status', 'info']);
  assert.deepEqual([...selection.namesIn('usr')], ['share']);
  assert.equal(selection.isSwept('usr/share/doc/x'), true);
  assert.equal(selection.isSwept('usr/share'), false);
  assert.equal(selection.isListed('var/lib/dpkg/info'), true);
});

test('a reader sees a linked file under the name it asked for', () => {
  const path: FileWish = {
    reader: 'r',
    pattern: { kind: 'path', path: 'usr/lib/os-release', maxBytes },
    askedFor: 'etc/os-release',
  };
  const listed: FileWish = {
    reader: 'r',
    pattern: { kind: 'directory', path: 'real', suffix: '', maxBytes },
    askedFor: 'asked',
  };
  assert.equal(presentedPath(path, 'usr/lib/os-release'), 'etc/os-release');
  assert.equal(presentedPath(listed, 'real/name'), 'asked/name');
  assert.equal(presentedPath(wish('r', listed.pattern), 'real/name'), 'real/name');
});
