import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LayerChange } from '#artifact/index.ts';
import type { FileReadings } from './readers.ts';
import { SquashedTree } from './squashed-tree.ts';

type Change = LayerChange<FileReadings>;

/** `dir/`, `file=content`, `link -> target`, `link => hard link`, `!gone`, `opaque/!`, `device*`, `metadata~`. */
function parseChange(text: string): Change {
  const [, path = '', , target = ''] = /^(.*?)( -> | => |=)(.*)$/.exec(text) ?? [];
  if (text.includes(' -> ')) return { kind: 'link', path, target };
  if (text.includes(' => ')) return { kind: 'hard-link', path, target };
  if (text.includes('=')) return { kind: 'file', path, read: { r: target } };
  if (text.startsWith('!')) return { kind: 'whiteout', path: text.slice(1) };
  if (text.endsWith('/!')) return { kind: 'opaque', path: text.slice(0, -2) };
  if (text.endsWith('/')) return { kind: 'directory', path: text.slice(0, -1) };
  if (text.endsWith('*')) return { kind: 'other', path: text.slice(0, -1) };
  return { kind: 'content-below', path: text.slice(0, -1) };
}

function squash(layers: readonly string[]): SquashedTree {
  const tree = new SquashedTree();
  for (const [index, layer] of layers.entries()) {
    tree.apply(index, layer.split(', ').filter(Boolean).map(parseChange));
  }
  return tree;
}

/** Every file with what was read of it, newest version first, as `path=new@layer<old@layer`. */
function filesOf(tree: SquashedTree): string {
  const files = [...tree.filesByName().values()].flat().map(({ path, versions }) => {
    const states = versions.map(
      ({ layer, readings, contentBelow }) => `${contentBelow ? '~' : (readings?.['r'] ?? '?')}@${layer}`,
    );
    return `${path}=${states.join('<')}`;
  });
  return files.sort().join(', ');
}

describe('layers over layers', () => {
  const cases: readonly { title: string; layers: readonly string[]; files: string }[] = [
    {
      title: 'a later version stacks on the earlier',
      layers: ['a/f=1', 'a/f=2', 'x=0', 'a/f=3'],
      files: 'a/f=3@3<2@1<1@0, x=0@2',
    },
    { title: 'a path twice in one layer has one version', layers: ['f=0', 'f=1, f=2'], files: 'f=2@1<0@0' },
    { title: 'a deletion', layers: ['f=1, g=1', '!f'], files: 'g=1@0' },
    { title: 'a deletion ends the history', layers: ['f=1', '!f', 'f=3'], files: 'f=3@2' },
    { title: 'a deletion of a directory', layers: ['d/f=1, d/e/g=1, e=1', '!d'], files: 'e=1@0' },
    {
      title: 'a deletion does not touch its own layer, whatever the order',
      layers: ['d/f=1', 'd/f=2, !d'],
      files: 'd/f=2@1',
    },
    {
      title: 'an entry over a link that the layer deletes afterwards went where the link led',
      layers: ['real/, d -> real', 'd/f=2, !d'],
      files: 'real/f=2@1',
    },
    {
      title: 'an entry behind the deletion of a link is in a new directory',
      layers: ['real/, d -> real', '!d, d/f=2'],
      files: 'd/f=2@1',
    },
    { title: 'a deletion of nothing', layers: ['f=1', '!x/y/z'], files: 'f=1@0' },
    {
      title: 'an opaque directory hides lower layers only',
      layers: ['d/f=1, d/e/g=1', 'd/h=2, d/!'],
      files: 'd/h=2@1',
    },
    { title: 'an opaque root', layers: ['f=1', '/!, g=2'], files: 'g=2@1' },
    {
      title: 'an opaque directory below the one that is made anew',
      layers: ['d/f=1', '!d', 'd/, d/!', 'd/f=4'],
      files: 'd/f=4@3',
    },
    { title: 'a file replaces a directory and all below it', layers: ['d/f=1, d/e/g=1', 'd=2'], files: 'd=2@1' },
    { title: 'a link replaces a directory and all below it', layers: ['d/f=1', 'd -> e'], files: '' },
    { title: 'a device replaces a directory', layers: ['d/f=1', 'd*'], files: '' },
    { title: 'a directory joins a directory', layers: ['d/f=1', 'd/, d/g=2'], files: 'd/f=1@0, d/g=2@1' },
    { title: 'a directory replaces a file', layers: ['d=1', 'd/'], files: '' },
    {
      title: 'a directory replaces a link, and what the link showed is not behind it',
      layers: ['real/f=1, d -> real', 'd/'],
      files: 'real/f=1@0',
    },
    { title: 'a file below what was a file', layers: ['d=1', 'd/f=2'], files: 'd/f=2@1' },
    {
      title: 'an entry over a link to a directory',
      layers: ['usr/lib/, lib -> usr/lib', 'lib/f=2'],
      files: 'usr/lib/f=2@1',
    },
    {
      title: 'an entry over an absolute link stays inside the root',
      layers: ['lib -> /usr/lib', 'lib/f=2'],
      files: 'usr/lib/f=2@1',
    },
    {
      title: 'an entry over a link that leads out stays inside the root',
      layers: ['lib -> ../../../etc', 'lib/f=2'],
      files: 'etc/f=2@1',
    },
    { title: 'an entry over a link of the same layer', layers: ['lib -> usr/lib, lib/f=2'], files: 'usr/lib/f=2@0' },
    { title: 'a deletion over a link', layers: ['usr/lib/f=1, lib -> usr/lib', '!lib/f'], files: '' },
    { title: 'a deletion of a link leaves its target', layers: ['real/f=1, d -> real', '!d'], files: 'real/f=1@0' },
    { title: 'an opaque directory over a link', layers: ['usr/lib/f=1, lib -> usr/lib', 'lib/!'], files: '' },
    { title: 'an entry over links in a circle is nowhere', layers: ['a -> b, b -> a', 'a/f=2'], files: '' },
    {
      title: 'a version over a link stacks on the real file',
      layers: ['usr/lib/f=1, lib -> usr/lib', 'lib/f=2'],
      files: 'usr/lib/f=2@1<1@0',
    },
    { title: 'a file replaces a link', layers: ['real=1, f -> real', 'f=2'], files: 'f=2@1, real=1@0' },
    { title: 'a hard link to a file of a lower layer', layers: ['o=1', 'f => o'], files: 'f=1@1, o=1@0' },
    { title: 'a hard link to nothing', layers: ['f => o'], files: 'f=?@0' },
    { title: 'changed metadata keep the content below', layers: ['f=1', 'f~', 'f~'], files: 'f=~@2<~@1<1@0' },
  ];
  for (const { title, layers, files } of cases) test(title, () => assert.equal(filesOf(squash(layers)), files));
});

describe('ways', () => {
  const tree = squash([
    'usr/lib/sysimage/rpm/db=1, var/lib/rpm -> ../../usr/lib/sysimage/rpm, lib -> /usr/lib, etc/os -> ../usr/lib/os, up -> ../../../../usr, loop -> loop, a -> b/x, b -> a, dot -> ./usr/./lib/, file=1, through -> file/deeper',
  ]);
  const cases: readonly (readonly [string, string])[] = [
    ['var/lib/rpm/db', 'found usr/lib/sysimage/rpm/db'],
    ['lib/sysimage/rpm/db', 'found usr/lib/sysimage/rpm/db'],
    ['up/lib/sysimage/rpm/db', 'found usr/lib/sysimage/rpm/db'],
    ['dot/sysimage', 'found usr/lib/sysimage'],
    ['', 'found '],
    ['usr/../usr/lib', 'found usr/lib'],
    ['etc/os', 'absent usr/lib/os'],
    ['lib/none/../x', 'absent usr/lib/x'],
    ['nothing/here', 'absent nothing/here'],
    ['file/below', 'absent file/below'],
    ['through', 'absent file/deeper'],
    ['loop', 'loop'],
    ['loop/x', 'loop'],
    ['a', 'loop'],
  ];
  for (const [path, expected] of cases) {
    test(path, () => {
      const found = tree.resolve(path);
      assert.equal(found.kind === 'loop' ? 'loop' : `${found.kind} ${found.path}`, expected);
    });
  }
  test('the last link is not followed where it itself is asked for', () => {
    const found = tree.resolve('lib', false);
    assert.equal(found.kind === 'found' && found.node.kind, 'link');
  });
  test('targets of hard links that are not known are asked for', () => {
    assert.deepEqual([...squash(['f => usr/o', 'usr/x=1']).unknownTargets], [['f', 'usr/o']]);
  });
});

test('deep and wide trees take linear time', () => {
  const deep = `${'d/'.repeat(2000)}f`;
  const links = Array.from({ length: 1000 }, (_, index) => `l${index} -> l${index + 1}`);
  const tree = squash([`${deep}=1, ${links.join(', ')}`]);
  assert.equal([...tree.filesByName().values()].flat().length, 1);
  assert.equal(tree.resolve('l0').kind, 'loop');
  assert.equal(tree.resolve('l990').kind, 'absent');
});

test('a file that nobody read leaves a trace only where it replaces something', () => {
  const unread = (path: string) => ({ kind: 'file', path }) as const;
  const read = (path: string) => ({ kind: 'file', path, read: { r: '1' } }) as const;
  const link = (path: string, target: string) => ({ kind: 'link', path, target }) as const;
  const rows: readonly [string, readonly Parameters<SquashedTree['apply']>[1][], string][] = [
    ['nothing there', [[read('a')], [unread('b'), unread('c/d')]], 'a=1@0'],
    ['over a read file', [[read('a')], [unread('a')]], 'a=?@1<1@0'],
    ['over a directory', [[read('a/b')], [unread('a')]], 'a=?@1'],
    ['below what was a file', [[read('a')], [unread('a/b')]], 'a/b=?@1'],
    ['deep below what was a file', [[read('a')], [unread('a/b/c')]], 'a/b/c=?@1'],
    ['over a link to a read file', [[read('x/a'), link('a', 'x/a')], [unread('a')]], 'a=?@1, x/a=1@0'],
    ['in a linked directory', [[read('x/a'), link('y', 'x')], [unread('y/a')]], 'x/a=?@1<1@0'],
  ];
  for (const [title, layers, expected] of rows) {
    const tree = new SquashedTree();
    for (const [layer, changes] of layers.entries()) tree.apply(layer, changes);
    assert.equal(filesOf(tree), expected, title);
  }
});
