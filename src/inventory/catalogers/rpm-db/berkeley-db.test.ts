import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { rpmDb } from './index.ts';

const original = gunzipSync(readFileSync(new URL('testdata/Packages.gz', import.meta.url)));
const pageSize = original.readUInt32LE(20);

function damaged(change: (bytes: Buffer) => void) {
  const bytes = Buffer.from(original);
  change(bytes);
  const { fragment, problems } = rpmDb.read(inputFile('var/lib/rpm/Packages', bytes));
  const count = fragment !== undefined && 'records' in fragment ? fragment.records?.length : 0;
  return { count, problems: problems.map(({ code, effect }) => `${code} ${effect}`) };
}

function pagesOfType(type: number): number[] {
  const pages: number[] = [];
  for (let at = pageSize; at < original.length; at += pageSize) if (original[at + 25] === type) pages.push(at);
  return pages;
}

const incomplete = ['rpm-record-unreadable incomplete'];

test('an overflow chain that is a ring ends and is a problem', () => {
  const { count, problems } = damaged((bytes) => {
    for (const page of pagesOfType(7)) bytes.writeUInt32LE(page / pageSize, page + 16);
  });
  assert.equal(count, 3, 'three records fit one page of overflow');
  assert.deepEqual([...new Set(problems)], incomplete);
});

test('a record of an impossible length is not read', () => {
  const [hash = 0] = pagesOfType(13).filter((page) => original.readUInt16LE(page + 20) > 0);
  const { problems } = damaged((bytes) => {
    for (let item = 1; item < bytes.readUInt16LE(hash + 20); item += 2) {
      const at = hash + bytes.readUInt16LE(hash + 26 + 2 * item);
      if (bytes[at] === 3) bytes.writeUInt32LE(0x7fffffff, at + 8);
    }
  });
  assert.deepEqual([...new Set(problems)], incomplete);
});

test('a database that lost its end keeps what is left and says so', () => {
  const cut = original.subarray(0, original.length - pageSize);
  const { problems } = rpmDb.read(inputFile('var/lib/rpm/Packages', cut));
  assert.ok(problems.some(({ code, effect }) => code === 'rpm-record-unreadable' && effect === 'incomplete'));
});

test('an encrypted database and one of an odd page size are not guessed at', () => {
  const encrypted = damaged((bytes) => bytes.writeUInt8(1, 24));
  const odd = damaged((bytes) => bytes.writeUInt32LE(1000, 20));
  for (const found of [encrypted, odd]) assert.deepEqual(found, { count: 0, problems: incomplete });
});

test('a page that lost its kind is noticed', () => {
  const { count, problems } = damaged((bytes) => {
    for (const page of pagesOfType(13)) bytes.writeUInt8(99, page + 25);
  });
  assert.equal(count, 0);
  assert.deepEqual(problems, incomplete);
});
