import assert from 'node:assert/strict';
import { memoryStream } from '#foundation/bytes/byte-stream.ts';
import { type ByteStream, type TarEntry, walkTar } from '#foundation/index.ts';
import { type TarEntrySpec, tarOf } from '../../kit/tar.ts';
import { checkProblems } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const LIMITS = { maxEntries: 20_000, maxContentBytes: 64 * 1024 * 1024 };

/** What a walk saw, in a form that two walks can be compared by. */
interface Seen {
  readonly entries: readonly string[];
  readonly problems: readonly string[];
  readonly bytes: number;
}

export const tar: FuzzTarget = {
  id: 'tar',
  title: 'tar archives of every dialect, in any chunks',
  form: 'big-endian',
  seeds: tarSeeds,
  repair: repairTar,
  async run(bytes) {
    const whole = await walk(memoryStream(bytes));
    const size = 1 + (bytes.length % 1500);
    const pieces = await walk(inPieces(bytes, size));
    assert.deepEqual(pieces, whole, `chunks of ${size} bytes make no difference`);
  },
};

async function walk(stream: ByteStream): Promise<Seen> {
  const entries: string[] = [];
  const visitor = {
    entry(entry: TarEntry) {
      checkEntry(entry);
      const { path, kind, size, link, opaque } = entry;
      entries.push(JSON.stringify([path, kind, size, link, opaque]));
      return kind === 'file' && size < 100_000;
    },
    body(entry: TarEntry, content: { size: number; bytes(): Uint8Array }) {
      const body = content.bytes();
      assert.equal(body.length, entry.size);
      assert.equal(content.size, entry.size);
      entries.push(Buffer.from(body).toString('latin1').slice(0, 2000));
    },
  };
  const found = await walkTar(stream, visitor, { limits: LIMITS });
  checkProblems(found.problems);
  assert.ok(found.entries <= LIMITS.maxEntries);
  assert.ok(found.readToEnd || found.problems.length > 0, 'an archive that was not read to its end is a problem');
  const problems = found.problems.map(({ code, count = 1 }) => `${code} ${count}`);
  // Where an archive is cut, how much of the last block counts is nobody's business.
  return { entries, problems, bytes: found.readToEnd ? found.bytes : 0 };
}

function checkEntry({ path, size, storedSize, link, kind, bodyOffset }: TarEntry): void {
  for (const inside of kind === 'hardlink' ? [path, link] : [path]) {
    assert.doesNotMatch(inside, /^\/|(?:^|\/)\.{0,2}(?:\/|$)(?<!^)/, 'a path lies inside the root');
  }
  for (const number of [size, storedSize, bodyOffset]) assert.ok(Number.isSafeInteger(number) && number >= 0);
}

function inPieces(bytes: Uint8Array, size: number): ByteStream {
  let at = 0;
  return {
    read() {
      if (at >= bytes.length) return undefined;
      at += size;
      return bytes.subarray(at - size, at);
    },
    close: () => undefined,
  };
}

const plain: readonly TarEntrySpec[] = [
  { name: './', type: 'directory' },
  { name: 'etc/', type: 'directory' },
  { name: 'etc/os-release', body: 'ID=debian\nVERSION_ID=12\n' },
  { name: 'etc/link', type: 'symlink', linkname: '../usr/lib/os-release' },
  { name: 'etc/hard', type: 'hardlink', linkname: 'etc/os-release' },
  { name: 'dev/null', type: 'character-device', devmajor: 1, devminor: 3 },
  { name: 'etc/.wh.gone' },
  { name: 'opt/.wh..wh..opq' },
];

function tarSeeds(): Uint8Array[] {
  const long = `${'directory/'.repeat(15)}file`;
  return [
    tarOf(plain),
    tarOf(plain.map((entry) => ({ ...entry, format: 'v7' }))),
    tarOf([
      { name: long, body: 'long' },
      { name: 'x', pax: { path: 'renamed', 'SCHILY.xattr.trusted.overlay.opaque': 'y', size: '3' }, body: 'abc' },
      { name: 'g', type: 'global-pax', body: '20 comment=whatever\n' },
      { name: 'after', body: 'x'.repeat(600) },
    ]),
    tarOf([
      { name: '././@LongLink', type: 'gnu-long-name', body: `${long}\0`, format: 'gnu' },
      { name: 'short', body: 'gnu', format: 'gnu' },
      { name: '././@LongLink', type: 'gnu-long-link', body: `${long}\0`, format: 'gnu' },
      { name: 'link', type: 'symlink', linkname: 'short', format: 'gnu' },
      { name: 'big', body: 'base256', format: 'gnu', base256: true },
    ]),
    tarOf([oldSparse(), sparseOne(), sparseText()]),
  ];
}

/** Two parts with a hole between them, the map in the header. */
function oldSparse(): TarEntrySpec {
  const octal = (value: number): string => `${value.toString(8).padStart(11, '0')}\0`;
  return {
    name: 'old-sparse',
    type: 'gnu-sparse',
    format: 'gnu',
    body: 'headtail',
    tamper(header) {
      header.write(octal(0) + octal(4) + octal(1000) + octal(4), 386, 'latin1');
      header.write(octal(1004), 483, 'latin1');
    },
  };
}

function sparseOne(): TarEntrySpec {
  const map = Buffer.alloc(512);
  map.write('2\n0\n4\n1000\n4\n');
  return {
    name: 'GNUSparseFile.0/sparse',
    body: Buffer.concat([map, Buffer.from('headtail')]),
    pax: {
      'GNU.sparse.major': '1',
      'GNU.sparse.minor': '0',
      'GNU.sparse.name': 'sparse',
      'GNU.sparse.realsize': '1004',
    },
  };
}

function sparseText(): TarEntrySpec {
  return {
    name: 'GNUSparseFile.0/map',
    body: 'headtail',
    pax: {
      'GNU.sparse.name': 'map',
      'GNU.sparse.size': '1004',
      'GNU.sparse.numblocks': '2',
      'GNU.sparse.map': '0,4,1000,4',
    },
  };
}

/** Right checksums in every block that looks like a header. */
export function repairTar(bytes: Buffer): Buffer {
  for (let at = 0; at + 512 <= bytes.length; at += 512) {
    const looksLikeHeader = /^[0-7 ]{6}[\0 ]{2}$/.test(bytes.toString('latin1', at + 148, at + 156));
    if (!looksLikeHeader) continue;
    const header = bytes.subarray(at, at + 512);
    header.fill(' ', 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  }
  return bytes;
}
