import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { tarOf } from '../../test/kit/tar.ts';
import {
  compileSelection,
  type FileWish,
  type LayerWalk,
  type WantedFile,
  walkDirectory,
  walkTarLayer,
} from './index.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-content-'));
after(() => rmSync(directory, { recursive: true }));

const maxBytes = 5000;
const wishes: readonly FileWish[] = [
  { reader: 'texts', pattern: { kind: 'content', is: ['text', 'script'], maxBytes } },
  { reader: 'programs', pattern: { kind: 'content', is: ['elf'], maxBytes } },
  { reader: 'archives', pattern: { kind: 'content', is: ['archive'], under: 'opt', maxBytes } },
  { reader: 'pythons', pattern: { kind: 'prefix', prefix: 'python3.', maxBytes } },
  { reader: 'setuid', pattern: { kind: 'setuid', maxBytes } },
];

const ELF = `\x7fELF${'\0'.repeat(60)}`;
const GZIP = '\x1f\x8b\x08\0';

const files: readonly (readonly [path: string, body: string, mode: number])[] = [
  ['bin/sh', ELF, 0o755],
  ['bin/su', ELF, 0o4755],
  ['etc/motd', 'hello', 0o644],
  ['etc/run', '#!/bin/sh\n', 0o755],
  ['etc/empty', '', 0o644],
  ['opt/a.gz', GZIP, 0o644],
  ['srv/a.gz', GZIP, 0o644],
  ['usr/bin/python3.11', ELF, 0o755],
  ['usr/lib/a.bin', '\x01\0\x02', 0o644],
  ['usr/lib/large.txt', 'x'.repeat(6000), 0o644],
  ['usr/lib/long.txt', 'y'.repeat(4000), 0o644],
];

const expected = [
  'bin/sh 755 programs 64',
  'bin/su 4755 programs,setuid 64',
  'etc/motd 644 texts 5',
  'etc/run 755 texts 10',
  'opt/a.gz 644 archives 4',
  'usr/bin/python3.11 755 programs,pythons 64',
  'usr/lib/long.txt 644 texts 4000',
];

const describeFile = ({ path, mode, wishes: wanted, content }: WantedFile) =>
  `${path} ${mode.toString(8)} ${wanted
    .map(({ reader }) => reader)
    .sort()
    .join()} ${content.bytes().length}`;

function check({ changes, problems }: LayerWalk<string>): void {
  assert.deepEqual(changes.flatMap((change) => (change.kind === 'file' ? (change.read ?? []) : [])).sort(), expected);
  assert.deepEqual(
    problems.map(({ code, subject, effect }) => [code, subject, effect]),
    [['file-too-large-to-search', 'usr/lib/large.txt', 'degraded']],
  );
}

const archive = tarOf(files.map(([name, body, mode]) => ({ name, body: Buffer.from(body, 'latin1'), mode })));

for (const [form, bytes] of [
  ['plain', archive],
  ['gzip', gzipSync(archive)],
  ['zstd', zstdCompressSync(archive)],
] as const) {
  test(`a ${form} archive shows each file to whom its beginning, name or mode is of interest`, async () => {
    const path = join(directory, 'layer');
    writeFileSync(path, bytes);
    const source = { kind: 'file', path, offset: 0, length: bytes.length } as const;
    check(await walkTarLayer(source, compileSelection(wishes), describeFile));
  });
}

test('so does a directory', async () => {
  const root = join(directory, 'tree');
  for (const [path, body, mode] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), body, 'latin1');
    chmodSync(join(root, path), mode);
  }
  check(
    await walkDirectory({ kind: 'directory', path: root, whiteouts: 'none' }, compileSelection(wishes), describeFile),
  );
});

test('a file in which nothing was found leaves no trace in the lowest layer, and hides what is below in others', async () => {
  const path = join(directory, 'layer');
  writeFileSync(path, archive);
  const source = { kind: 'file', path, offset: 0, length: archive.length } as const;
  const walk = (isLowest: boolean) => walkTarLayer(source, compileSelection(wishes), () => undefined, { isLowest });
  // What is wanted by name or mode is a change all the same.
  assert.deepEqual(
    (await walk(true)).changes.map((change) => change.path),
    ['bin/su', 'usr/bin/python3.11'],
  );
  assert.equal((await walk(false)).changes.length, files.length);
});
