import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type TarEntrySpec, type TarOptions, tarOf } from '../../../test/kit/tar.ts';
import { type ByteStream, memoryStream } from '../bytes/byte-stream.ts';
import type { TarEntry } from './entry.ts';
import { type TarWalkOptions, walkTar } from './walk.ts';

interface Listing {
  readonly entries: TarEntry[];
  readonly files: Record<string, string>;
  readonly codes: string[];
  readonly readToEnd: boolean;
}

async function list(stream: ByteStream, options: TarWalkOptions = {}): Promise<Listing> {
  const entries: TarEntry[] = [];
  const files: Record<string, string> = {};
  const visitor = {
    entry(entry: TarEntry) {
      entries.push(entry);
      return entry.kind === 'file';
    },
    body(entry: TarEntry, content: { text(): string }) {
      files[entry.path] = content.text();
    },
  };
  const walk = await walkTar(stream, visitor, options);
  return {
    entries,
    files,
    codes: walk.problems.map(({ code, effect }) => `${code} ${effect}`),
    readToEnd: walk.readToEnd,
  };
}

const listBytes = (bytes: Uint8Array, options?: TarWalkOptions) => list(memoryStream(bytes), options);
const listSpecs = (entries: readonly TarEntrySpec[], options?: TarOptions) => listBytes(tarOf(entries, options));

/** The archive in pieces of this size, without views and skips: as a decompressor gives it. */
function pieces(bytes: Uint8Array, size: number, wait = false): ByteStream {
  let at = 0;
  const read = () => {
    const piece = bytes.slice(at, at + size);
    at += size;
    return piece.length > 0 ? piece : undefined;
  };
  return { read: () => (wait ? Promise.resolve(read()) : read()), close: () => undefined };
}

describe('what entries say', () => {
  const long = `${'d/'.repeat(80)}file`;
  const cases: readonly { title: string; entries: readonly TarEntrySpec[]; expected: readonly Partial<TarEntry>[] }[] =
    [
      {
        title: 'v7 file',
        entries: [{ name: 'a', body: 'x', format: 'v7' }],
        expected: [{ path: 'a', kind: 'file', size: 1 }],
      },
      {
        title: 'v7 directory by its slash',
        entries: [{ name: 'd/', format: 'v7', typeflag: '\0' }],
        expected: [{ path: 'd', kind: 'directory' }],
      },
      { title: 'leading ./', entries: [{ name: './a/b' }], expected: [{ path: 'a/b' }] },
      { title: 'the root', entries: [{ name: './', type: 'directory' }], expected: [{ path: '', kind: 'directory' }] },
      { title: 'absolute path', entries: [{ name: '/etc/passwd' }], expected: [{ path: 'etc/passwd' }] },
      { title: 'double slashes and dots', entries: [{ name: 'a//b/./c/' }], expected: [{ path: 'a/b/c' }] },
      {
        title: 'names that only begin with dots',
        entries: [{ name: '..a/.b/...' }],
        expected: [{ path: '..a/.b/...' }],
      },
      {
        title: 'ustar prefix',
        entries: [{ name: 'file', tamper: (block) => void block.write('some/prefix', 345) }],
        expected: [{ path: 'some/prefix/file' }],
      },
      {
        title: 'GNU has no prefix but times there',
        entries: [
          { name: 'file', format: 'gnu', tamper: (block) => void block.write('00000000001\x0000000000002\0', 345) },
        ],
        expected: [{ path: 'file' }],
      },
      { title: 'PAX path', entries: [{ name: 'short', pax: { path: long } }], expected: [{ path: long }] },
      {
        title: 'PAX linkpath',
        entries: [{ name: 'l', type: 'symlink', linkname: 'x', pax: { linkpath: '/very/long' } }],
        expected: [{ link: '/very/long' }],
      },
      {
        title: 'PAX size beats the field',
        entries: [{ name: 'a', body: 'abc', size: 0, pax: { size: '3' } }],
        expected: [{ size: 3 }],
      },
      { title: 'an empty PAX value is none', entries: [{ name: 'a', pax: { path: '' } }], expected: [{ path: 'a' }] },
      {
        title: 'GNU long name and link',
        entries: [
          { name: '././@LongLink', type: 'gnu-long-name', body: `${long}\0`, format: 'gnu' },
          { name: '././@LongLink', type: 'gnu-long-link', body: `${long}2\0`, format: 'gnu' },
          { name: 'cut', type: 'hardlink', linkname: 'cut', format: 'gnu' },
        ],
        expected: [{ path: long, kind: 'hardlink', link: `${long}2` }],
      },
      {
        title: 'a GNU long name beats a PAX path, as for the unpackers',
        entries: [
          { name: 'L', type: 'gnu-long-name', body: 'gnu\0' },
          { name: 'a', pax: { path: 'pax' } },
        ],
        expected: [{ path: 'gnu' }],
      },
      {
        title: 'base-256 size',
        entries: [{ name: 'a', body: 'abcd', base256: true, format: 'gnu' }, { name: 'b' }],
        expected: [{ size: 4 }, { path: 'b' }],
      },
      {
        title: 'a size on a type without body hides nothing',
        entries: [{ name: 'd', type: 'directory', size: 5000 }, { name: 'b' }],
        expected: [{ path: 'd', size: 0 }, { path: 'b' }],
      },
      {
        title: 'types of all kinds',
        entries: [
          { name: 'f', type: 'fifo' },
          { name: 'c', type: 'character-device', devmajor: 1, devminor: 3 },
          { name: 'b', type: 'block-device' },
          { name: 'q', typeflag: '7', body: 'x' },
          { name: 'v', typeflag: 'V' },
        ],
        expected: [
          { kind: 'fifo' },
          { kind: 'character-device', devmajor: 1, devminor: 3 },
          { kind: 'block-device' },
          { kind: 'file', size: 1 },
          { kind: 'other' },
        ],
      },
      {
        title: 'an overlay attribute',
        entries: [{ name: 'd', type: 'directory', pax: { 'SCHILY.xattr.trusted.overlay.opaque': 'y' } }],
        expected: [{ opaque: true }],
      },
      {
        title: 'names that are not UTF-8 stay apart',
        entries: [0xfe, 0xff].map((byte) => ({ name: 'x', tamper: (block: Buffer) => void block.writeUInt8(byte, 0) })),
        expected: [{ path: '\udcfe' }, { path: '\udcff' }],
      },
      { title: 'names in UTF-8', entries: [{ name: 'grüße/日本' }], expected: [{ path: 'grüße/日本' }] },
    ];
  for (const { title, entries, expected } of cases) {
    test(title, async () => {
      const listing = await listSpecs(entries);
      assert.deepEqual(listing.codes, []);
      assert.equal(listing.entries.length, expected.length);
      for (const [index, part] of expected.entries()) assert.partialDeepStrictEqual(listing.entries[index], part);
    });
  }
});

describe('sparse files unfold', () => {
  const map = {
    '0.0': { 'GNU.sparse.size': '10', 'GNU.sparse.numblocks': '1' },
    '0.1': {
      'GNU.sparse.major': '0',
      'GNU.sparse.minor': '1',
      'GNU.sparse.size': '10',
      'GNU.sparse.map': '4,2',
      'GNU.sparse.name': 'real',
    },
  };
  test('0.1', async () => {
    const { files } = await listSpecs([
      { name: 'GNUSparse/real', body: 'xy', pax: map['0.1'] },
      { name: 'next', body: 'n' },
    ]);
    assert.deepEqual(files, { real: '\0\0\0\0xy\0\0\0\0', next: 'n' });
  });
  test('0.0', async () => {
    const pairs = { 'GNU.sparse.offset': '4', 'GNU.sparse.numbytes': '2' };
    const { files } = await listSpecs([{ name: 'real', body: 'xy', pax: { ...map['0.0'], ...pairs } }]);
    assert.deepEqual(files, { real: '\0\0\0\0xy\0\0\0\0' });
  });
  test('1.0', async () => {
    const pax = {
      'GNU.sparse.major': '1',
      'GNU.sparse.minor': '0',
      'GNU.sparse.realsize': '10',
      'GNU.sparse.name': 'real',
    };
    const archive = tarOf([
      { name: 'x', body: `${'1\n4\n2\n'.padEnd(512, '\0')}xy`, pax },
      { name: 'next', body: 'n' },
    ]);
    // Also where the map lies on the border of two chunks.
    for (const stream of [memoryStream(archive), pieces(archive, 512 + 1), pieces(archive, 100)]) {
      const { files } = await list(stream);
      assert.deepEqual(files, { real: '\0\0\0\0xy\0\0\0\0', next: 'n' });
    }
  });
  const lies: readonly (readonly [string, Record<string, string>])[] = [
    ['parts beyond the end', { 'GNU.sparse.size': '5', 'GNU.sparse.map': '4,2' }],
    ['parts that overlap', { 'GNU.sparse.size': '10', 'GNU.sparse.map': '0,1,0,1' }],
    ['fewer bytes stored than mapped', { 'GNU.sparse.size': '100', 'GNU.sparse.map': '0,50' }],
    ['a map of nonsense', { 'GNU.sparse.size': '10', 'GNU.sparse.map': 'a,b' }],
  ];
  for (const [title, pax] of lies) {
    test(`a map with ${title} is damage`, async () => {
      const { codes } = await listSpecs([{ name: 'a', body: 'xy', pax }]);
      assert.deepEqual(codes, ['tar-damaged incomplete']);
    });
  }
});

describe('archives of the system tar', () => {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-tar-'));
  const deep = `deep/${'level/'.repeat(30)}file`;
  const tree = join(directory, 'tree');
  mkdirSync(join(tree, deep, '..'), { recursive: true });
  writeFileSync(join(tree, deep), 'deep');
  writeFileSync(join(tree, 'plain'), 'plain');
  linkSync(join(tree, 'plain'), join(tree, 'same'));
  symlinkSync('plain', join(tree, 'link'));
  writeFileSync(join(tree, 'holes'), 'a');
  truncateSync(join(tree, 'holes'), 200_000);
  writeFileSync(join(tree, 'holes'), 'b', { flag: 'a' });
  const tarCreate = (...options: string[]) =>
    execFileSync('tar', ['-C', tree, ...options, '-cf', '-', '.'], { stdio: ['ignore', 'pipe', 'ignore'] });
  test.after(() => rmSync(directory, { recursive: true }));

  for (const options of [
    ['--format=v7'],
    ['--format=ustar'],
    ['--format=gnu'],
    ['--format=pax'],
    ['--format=gnu', '--sparse'],
    ['--format=pax', '--sparse', '--sparse-version=0.0'],
    ['--format=pax', '--sparse', '--sparse-version=0.1'],
    ['--format=pax', '--sparse', '--sparse-version=1.0'],
  ]) {
    test(options.join(' '), async () => {
      const shallow = options[0] === '--format=v7';
      const bytes = tarCreate(...options, ...(shallow ? ['--exclude=level'] : []));
      for (const stream of [memoryStream(bytes), pieces(bytes, 1000), pieces(bytes, 512 * 64, true)]) {
        const { entries, files, codes, readToEnd } = await list(stream);
        assert.deepEqual(codes, []);
        assert.equal(readToEnd, true);
        assert.equal(files['plain'] ?? files['same'], 'plain');
        assert.equal(files[deep], shallow ? undefined : 'deep');
        assert.equal(files['holes']?.length, 200_001);
        assert.equal(files['holes']?.replaceAll('\0', ''), 'ab');
        assert.equal(entries.find(({ path }) => path === 'link')?.link, 'plain');
        assert.equal(entries.filter(({ kind }) => kind === 'hardlink').length, 1);
      }
    });
  }
});

describe('hostile and damaged archives', () => {
  const two = tarOf([
    { name: 'a', body: 'A' },
    { name: 'b', body: 'B'.repeat(2000) },
  ]);
  const cases: readonly { title: string; bytes: Uint8Array; codes: readonly string[]; files: readonly string[] }[] = [
    {
      title: 'no end marker',
      bytes: tarOf([{ name: 'a' }], { end: false }),
      codes: ['tar-no-end incomplete'],
      files: ['a'],
    },
    { title: 'one zero block at the end', bytes: tarOf([{ name: 'a' }]).subarray(0, 1024), codes: [], files: ['a'] },
    {
      title: 'garbage behind the end',
      bytes: tarOf([{ name: 'a' }], { trailer: Buffer.from('garbage') }),
      codes: ['tar-trailing-data note'],
      files: ['a'],
    },
    {
      title: 'zeros behind the end',
      bytes: tarOf([{ name: 'a' }], { trailer: Buffer.alloc(8192) }),
      codes: [],
      files: ['a'],
    },
    {
      title: 'an archive behind an archive',
      bytes: Buffer.concat([tarOf([{ name: 'a' }]), tarOf([{ name: 'b' }])]),
      codes: ['tar-trailing-data note'],
      files: ['a'],
    },
    {
      title: 'a lone zero block',
      bytes: Buffer.concat([tarOf([{ name: 'a' }], { end: false }), Buffer.alloc(512), tarOf([{ name: 'b' }])]),
      codes: ['tar-damaged incomplete'],
      files: ['a'],
    },
    { title: 'cut in a body', bytes: two.subarray(0, 2000), codes: ['tar-truncated incomplete'], files: ['a'] },
    { title: 'cut in a header', bytes: two.subarray(0, 1300), codes: ['tar-truncated incomplete'], files: ['a'] },
    { title: 'nothing at all', bytes: new Uint8Array(0), codes: ['tar-no-end incomplete'], files: [] },
    { title: 'an error page', bytes: Buffer.from('<html>'.repeat(200)), codes: ['tar-damaged incomplete'], files: [] },
    {
      title: 'a wrong checksum',
      bytes: tarOf([{ name: 'a' }, { name: 'b', badChecksum: true }]),
      codes: ['tar-damaged incomplete'],
      files: ['a'],
    },
    {
      title: 'a size beyond the archive',
      bytes: tarOf([{ name: 'a' }, { name: 'b', size: 100_000_000 }]),
      codes: ['tar-truncated incomplete'],
      files: ['a'],
    },
    {
      title: 'a size beyond all numbers',
      bytes: tarOf([{ name: 'a' }, { name: 'b', format: 'gnu', tamper: (block) => void block.fill(0xbf, 124, 136) }]),
      codes: ['tar-damaged incomplete'],
      files: ['a'],
    },
    {
      title: 'a negative size',
      bytes: tarOf([{ name: 'b', format: 'gnu', tamper: (block) => void block.fill(0xff, 124, 136) }]),
      codes: ['tar-damaged incomplete'],
      files: [],
    },
    {
      title: 'a path out of the root',
      bytes: tarOf([{ name: '../../etc/passwd' }]),
      codes: ['tar-path-escape note'],
      files: ['etc/passwd'],
    },
    {
      title: 'a path longer than any system has',
      bytes: tarOf([{ name: 'x', pax: { path: 'p/'.repeat(3000) } }, { name: 'b' }]),
      codes: ['tar-path-limit incomplete'],
      files: ['b'],
    },
    {
      title: 'a huge extended header',
      bytes: tarOf([{ name: 'x', pax: { path: 'p'.repeat(2 ** 20) } }]),
      codes: ['tar-header-limit incomplete'],
      files: [],
    },
    {
      title: 'a malformed extended header',
      bytes: tarOf([{ name: 'x', type: 'pax', body: '12 path\n' }, { name: 'a' }]),
      codes: ['tar-damaged incomplete'],
      files: [],
    },
    {
      title: 'a PAX record that is longer than it says',
      bytes: tarOf([{ name: 'x', type: 'pax', body: '9999 path=a\n' }, { name: 'a' }]),
      codes: ['tar-damaged incomplete'],
      files: [],
    },
    {
      title: 'a zero byte in a PAX path',
      bytes: tarOf([{ name: 'x', pax: { path: 'a\0b' } }]),
      codes: ['tar-damaged incomplete'],
      files: [],
    },
    {
      title: 'a harmless global header',
      bytes: tarOf([{ name: 'g', type: 'global-pax', body: '19 comment=nothing\n' }, { name: 'a' }]),
      codes: [],
      files: ['a'],
    },
    {
      title: 'a global header that renames',
      bytes: tarOf([{ name: 'g', type: 'global-pax', body: '11 path=bb\n' }, { name: 'a' }]),
      codes: ['tar-global-override incomplete'],
      files: ['a'],
    },
    {
      title: 'a GNU sparse entry that is not GNU',
      bytes: tarOf([{ name: 'a', type: 'gnu-sparse' }]),
      codes: ['tar-damaged incomplete'],
      files: [],
    },
  ];
  for (const { title, bytes, codes, files } of cases) {
    test(title, async () => {
      for (const stream of [memoryStream(bytes), pieces(bytes, 700), pieces(bytes, 512, true)]) {
        const listing = await list(stream);
        assert.deepEqual(listing.codes, codes);
        assert.deepEqual(Object.keys(listing.files), files);
      }
    });
  }

  test('a million entries end at the bound', async () => {
    const entry = tarOf([{ name: 'a' }], { end: false });
    let left = 1_000_000;
    const thousand = Buffer.concat(Array.from({ length: 1000 }, () => entry));
    const stream: ByteStream = {
      read: () => {
        left -= 1000;
        return left >= 0 ? thousand : undefined;
      },
      close: () => undefined,
    };
    const walk = await walkTar(
      stream,
      { entry: () => false, body: () => undefined },
      { limits: { maxEntries: 500_000 } },
    );
    assert.deepEqual(
      walk.problems.map(({ code }) => code),
      ['tar-entry-limit'],
    );
    assert.equal(walk.entries, 500_000);
  });

  test('wanted contents end at their bound', async () => {
    const bytes = tarOf([
      { name: 'a', body: 'x'.repeat(600) },
      { name: 'b', body: 'x'.repeat(600) },
    ]);
    const { files, codes } = await listBytes(bytes, { limits: { maxContentBytes: 1000 } });
    assert.deepEqual(Object.keys(files), ['a']);
    assert.deepEqual(codes, ['tar-content-limit incomplete']);
  });

  test('any single flipped bit is survived', async () => {
    const bytes = Buffer.from(
      tarOf([
        { name: 'a', body: 'A', pax: { path: 'longer' } },
        { name: 'b', type: 'symlink', linkname: 'a' },
      ]),
    );
    for (let bit = 0; bit < bytes.length * 8; bit += 5) {
      const copy = Buffer.from(bytes);
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await listBytes(copy);
    }
  });
});

test('contents over the memory bound are spooled, all bytes are shown to whoever hashes', async () => {
  const body = 'spooled '.repeat(10_000);
  const bytes = tarOf([
    { name: 'big', body },
    { name: 'small', body: 's' },
  ]);
  let seen = 0;
  const onChunk = (chunk: Uint8Array) => {
    seen += chunk.length;
  };
  const { files } = await list(pieces(bytes, 4096), { limits: { maxMemoryBytes: 1000 }, onChunk });
  assert.deepEqual(files, { big: body, small: 's' });
  assert.equal(seen, bytes.length);
});
