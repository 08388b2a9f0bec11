import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { FileWish } from '../layers/file-wish.ts';
import { compileSelection } from '../layers/selection.ts';
import { foreignMounts } from './mounts.ts';
import { type DirectoryLimits, type DirectorySource, walkDirectory } from './walk-directory.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-tree-'));
after(() => rmSync(directory, { recursive: true }));
const isRoot = process.geteuid?.() === 0;

const wishes: readonly FileWish[] = [
  { reader: 'r', pattern: { kind: 'path', path: 'lib/db/status', maxBytes: 5000 } },
  { reader: 'r', pattern: { kind: 'directory', path: 'lib/db/info', suffix: '.list', maxBytes: 5000 } },
  { reader: 'r', pattern: { kind: 'name', name: 'copyright', under: 'doc', maxBytes: 5000 } },
];

let trees = 0;

/** Makes a tree of files by path; a value of the form `-> target` makes a link, `/` a directory. */
function makeTree(files: Readonly<Record<string, string>>): string {
  const root = join(directory, `tree-${trees++}`);
  mkdirSync(root);
  for (const [path, content] of Object.entries(files)) {
    const full = join(root, path);
    mkdirSync(content === '/' ? full : dirname(full), { recursive: true });
    if (content.startsWith('-> ')) symlinkSync(content.slice(3), full);
    else if (content !== '/') writeFileSync(full, content);
  }
  return root;
}

function walk(path: string, whiteouts: DirectorySource['whiteouts'] = 'none', limits: Partial<DirectoryLimits> = {}) {
  return walkDirectory(
    { kind: 'directory', path, whiteouts },
    compileSelection(wishes),
    ({ content }) => content.text(),
    { limits },
  );
}

test('reads what is wanted and says nothing of what only lies on the way', async () => {
  const root = makeTree({
    'lib/db/status': 'S',
    'lib/db/info/a.list': 'L',
    'lib/db/info/a.md5': 'M',
    'lib/other/x': '',
    'doc/a/copyright': 'C',
    'doc/a/b/changes': '',
    'bin/sh': '',
  });
  const { changes, problems } = await walk(root);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    changes.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    [
      { kind: 'file', path: 'doc/a/copyright', read: 'C' },
      { kind: 'file', path: 'lib/db/info/a.list', read: 'L' },
      { kind: 'file', path: 'lib/db/status', read: 'S' },
    ],
  );
});

describe('nothing outside the root is read', () => {
  const outside = makeTree({ 'db/status': 'SECRET', copyright: 'SECRET', 'info/a.list': 'SECRET' });
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
    ['a directory link', { lib: `-> ${outside}` }, ['lib']],
    ['a relative link out', { 'lib/db': `-> ../../../${outside.slice(1)}/db` }, ['lib/db']],
    ['a file link', { 'lib/db/status': `-> ${outside}/db/status` }, ['lib/db/status']],
    ['a listed directory', { 'lib/db/info': `-> ${outside}/info` }, ['lib/db/info']],
    ['a swept directory', { doc: `-> ${outside}` }, ['doc']],
    ['a file link in a swept directory', { 'doc/copyright': `-> ${outside}/copyright` }, ['doc/copyright']],
  ];
  for (const [title, files, links] of cases) {
    test(title, async () => {
      const { changes } = await walk(makeTree(files));
      assert.ok(!JSON.stringify(changes).includes('SECRET'));
      assert.deepEqual(
        changes.filter(({ kind }) => kind === 'link').map(({ path }) => path),
        links,
      );
    });
  }
});

test('pipes are not opened, not even to find out', async () => {
  const root = makeTree({ 'lib/db': '/', 'doc/x': '/' });
  execFileSync('mkfifo', [join(root, 'lib/db/status'), join(root, 'doc/x/copyright')]);
  const { changes } = await walk(root);
  assert.deepEqual(
    changes
      .filter(({ kind }) => kind === 'other')
      .map(({ path }) => path)
      .sort(),
    ['doc/x/copyright', 'lib/db/status'],
  );
});

describe('what cannot be read is a problem', () => {
  test('a root that is not there', async () => {
    const { problems } = await walk(join(directory, 'missing'));
    assert.deepEqual(
      problems.map(({ code, effect }) => [code, effect]),
      [['tree-unreadable', 'incomplete']],
    );
  });
  test('a file without permission', { skip: isRoot ? 'the administrator may read everything' : false }, async () => {
    const root = makeTree({ 'lib/db/status': 'S' });
    chmodSync(join(root, 'lib/db/status'), 0);
    const { problems } = await walk(root);
    assert.deepEqual(
      problems.map(({ code, subject }) => [code, subject]),
      [['tree-unreadable', 'lib/db/status']],
    );
  });
  test('a file over its bound', async () => {
    const { problems } = await walk(makeTree({ 'lib/db/status': 'x'.repeat(5001) }));
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['file-too-large'],
    );
  });
  test('more entries than are walked', async () => {
    const { problems } = await walk(makeTree({ 'doc/a/x': '', 'doc/b/x': '', 'doc/c/x': '' }), 'none', {
      maxEntries: 4,
    });
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['tree-limit'],
    );
  });
  test('deeper directories than are walked', async () => {
    const { problems } = await walk(makeTree({ 'doc/a/b/c/d/e/copyright': '' }), 'none', { maxDepth: 3 });
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['tree-limit'],
    );
  });
});

describe('layers that an engine unpacked', () => {
  test('deletions by name (AUFS, fuse-overlayfs)', async () => {
    const root = makeTree({
      'lib/db/.wh.status': '',
      'lib/db/info/.wh.a.list': '',
      'lib/.wh..wh..opq': '',
      'doc/.wh.x': '',
      'bin/.wh.sh': '',
    });
    for (const whiteouts of ['aufs', 'overlay'] as const) {
      const { changes } = await walk(root, whiteouts);
      const marks = changes
        .filter(({ kind }) => kind === 'whiteout' || kind === 'opaque')
        .map(({ kind, path }) => `${kind} ${path}`);
      assert.deepEqual(marks.sort(), [
        'opaque lib',
        'whiteout doc/x',
        'whiteout lib/db/info/a.list',
        'whiteout lib/db/status',
      ]);
    }
  });
  test('such names mean nothing in a plain tree', async () => {
    const { changes } = await walk(makeTree({ 'lib/db/.wh.status': '', 'doc/.wh.x': '' }));
    assert.ok(changes.every(({ kind }) => kind === 'directory' || kind === 'file'));
  });
  test('deletions by device (overlay)', {
    skip: isRoot ? false : 'only the administrator can make devices',
  }, async (context) => {
    const root = makeTree({ 'lib/db': '/', 'doc/x': '/' });
    try {
      execFileSync('mknod', [join(root, 'lib/db/status'), 'c', '0', '0'], { stdio: 'ignore' });
      execFileSync('mknod', [join(root, 'doc/x/copyright'), 'c', '0', '0'], { stdio: 'ignore' });
    } catch {
      context.skip('devices cannot be made here');
      return;
    }
    const { changes } = await walk(root, 'overlay');
    assert.deepEqual(
      changes
        .filter(({ kind }) => kind === 'whiteout')
        .map(({ path }) => path)
        .sort(),
      ['doc/x/copyright', 'lib/db/status'],
    );
    assert.deepEqual((await walk(root)).changes.filter(({ kind }) => kind === 'other').length, 2);
  });
  test('opaque directories by attribute', async (context) => {
    const root = makeTree({ 'lib/db/status': 'S' });
    const set = 'import os, sys; os.setxattr(sys.argv[1], "user.overlay.opaque", b"y")';
    try {
      execFileSync('python3', ['-c', set, join(root, 'lib/db')], { stdio: 'ignore' });
    } catch {
      context.skip('this file system or machine cannot set extended attributes');
      return;
    }
    const { changes, problems } = await walk(root, 'overlay');
    assert.deepEqual(problems, []);
    assert.deepEqual(
      changes.filter(({ kind }) => kind === 'opaque'),
      [{ kind: 'opaque', path: 'lib/db' }],
    );
  });
  test('a copy of metadata alone points to the content below; zeros of a plain tree are zeros', async () => {
    const root = makeTree({ 'lib/db/status': '' });
    truncateSync(join(root, 'lib/db/status'), 4096);
    assert.deepEqual((await walk(root, 'overlay')).changes.at(-1), { kind: 'content-below', path: 'lib/db/status' });
    assert.equal((await walk(root)).changes.at(-1)?.kind, 'file');
  });
});

test('mounts that do not belong to a local disk', () => {
  const mountinfo = [
    '22 28 0:20 / /proc rw,nosuid - proc proc rw',
    '28 1 254:1 / / rw - ext4 /dev/vda1 rw',
    '30 28 254:2 / /var rw shared:1 - xfs /dev/vdb rw',
    '31 28 0:50 / /mnt/my\\040share rw - nfs4 server:/x rw',
    '32 28 0:51 / /srv rw - nfs4 server:/y rw',
    '33 28 254:3 / /srv rw - ext4 /dev/vdc rw',
    '',
  ].join('\n');
  assert.deepEqual([...foreignMounts('/', mountinfo)], ['proc', 'mnt/my share']);
  assert.deepEqual([...foreignMounts('/mnt', mountinfo)], ['my share']);
  assert.deepEqual([...foreignMounts('/home/rootfs', mountinfo)], []);
});

test('passes over names anywhere, and over paths with a word', async () => {
  const path = makeTree({
    'doc/a/copyright': 'C',
    'doc/.git/copyright': 'G',
    'doc/store/x/copyright': 'S',
    'doc/a/store/copyright': 'T',
  });
  const source = { kind: 'directory', path, whiteouts: 'none', passOver: ['.git', 'doc/store'] } as const;
  const { changes, problems } = await walkDirectory(source, compileSelection(wishes), ({ content }) => content.text());
  const read = changes.filter(({ kind }) => kind === 'file').map((change) => change.path);
  assert.deepEqual(read.sort(), ['doc/a/copyright', 'doc/a/store/copyright']);
  assert.deepEqual(
    problems.map(({ code, subject }) => [code, subject]),
    [['engine-store-passed', 'doc/store']],
  );
});
