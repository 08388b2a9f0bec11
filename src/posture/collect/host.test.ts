import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { known, missing } from '../known.ts';
import { collectPackageFiles, parseChecksums, parseDiversions } from './package-files.ts';
import { collectSystemTree } from './system-tree.ts';

const signal = new AbortController().signal;
let root = '';

beforeEach(() => {
  root = `${mkdtempSync(join(tmpdir(), 'plimsoll-host-'))}/`;
});

afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  chmodSync(join(root, path), mode);
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

describe('files of packages', () => {
  const info = 'var/lib/dpkg/info';

  test('a changed program is found, and found no more when it is as it came', async () => {
    write('usr/bin/login', 'as it came');
    write(`${info}/login.md5sums`, `${md5('as it came')}  usr/bin/login\n${md5('gone')}  usr/bin/gone\n`);
    assert.deepEqual(await collectPackageFiles(root, signal), known({ compared: 1, changed: [] }));
    write('usr/bin/login', 'exchanged');
    const changed = [{ path: '/usr/bin/login', package: 'login' }];
    assert.deepEqual(await collectPackageFiles(root, signal), known({ compared: 1, changed }));
  });

  test('a file that another package diverted is compared where it went', async () => {
    write('usr/bin/sh', 'of another package');
    write('usr/bin/sh.distrib', 'as it came');
    write(`${info}/dash:amd64.md5sums`, `${md5('as it came')}  usr/bin/sh\n`);
    write('var/lib/dpkg/diversions', '/usr/bin/sh\n/usr/bin/sh.distrib\nbash\n');
    assert.deepEqual(await collectPackageFiles(root, signal), known({ compared: 1, changed: [] }));
  });

  test('without dpkg there is a reason and no answer', async () => {
    const answer = await collectPackageFiles(root, signal);
    assert.ok('missing' in answer && answer.missing.includes('dpkg'));
  });

  test('paths that climb and lines that are none are left out', () => {
    const line = `${md5('')}  usr/../../etc/shadow\nno checksum\n${md5('')}  usr/bin/a b\n`;
    assert.deepEqual(parseChecksums(line), [{ path: 'usr/bin/a b', md5: md5('') }]);
    assert.deepEqual(parseDiversions('/a\n/b\n').size, 0);
  });
});

describe('a walk over the system', () => {
  const users = known([{ name: 'me', uid: process.getuid?.() ?? 0, gid: 0, home: '/', shell: '/bin/sh' }]);

  test('what everybody may write to is found; links and sticky directories are not', async () => {
    write('etc/open.conf', '', 0o666);
    write('usr/bin/tool', '', 0o755);
    mkdirSync(join(root, 'usr/shared'));
    chmodSync(join(root, 'usr/shared'), 0o1777);
    symlinkSync('/etc/open.conf', join(root, 'usr/bin/link'));
    const tree = await collectSystemTree(root, users, signal);
    assert.deepEqual(tree, known({ looked: 6, writable: ['/etc/open.conf'], unowned: [] }));
  });

  test('files of a number without a name are found', async () => {
    write('etc/left', '');
    const tree = await collectSystemTree(root, known([]), signal);
    assert.deepEqual('known' in tree && tree.known.unowned, ['/etc', '/etc/left']);
  });

  test('without users nothing is said about owners', async () => {
    assert.deepEqual(await collectSystemTree(root, missing('unread'), signal), missing('owners have no names: unread'));
  });
});
