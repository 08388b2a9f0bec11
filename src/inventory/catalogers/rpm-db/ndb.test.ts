import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { ndbDatabase, simpleHeader } from '../../../../test/kit/rpm-database.ts';
import { rpmDb } from './index.ts';

const FIRST_SLOT = 32;
const FIRST_BLOB = 4096;

function damaged(change: (bytes: Buffer) => void): string {
  const bytes = ndbDatabase([simpleHeader('one'), simpleHeader('two')]);
  change(bytes);
  const { fragment, problems } = rpmDb.read(inputFile('var/lib/rpm/Packages.db', bytes));
  const names = fragment?.records?.map(({ name }) => name) ?? [];
  return [...names, ...problems.map(({ code, count }) => `${code} ${count ?? 1}`)].join(' ');
}

for (const [what, change, found] of [
  [
    'a slot without its mark',
    (bytes: Buffer) => bytes.fill(0, FIRST_SLOT, FIRST_SLOT + 4),
    'two rpm-record-unreadable 1',
  ],
  [
    'a slot that points elsewhere',
    (bytes: Buffer) => bytes.writeUInt32LE(3, FIRST_SLOT + 8),
    'two rpm-record-unreadable 1',
  ],
  [
    'a slot that points far outside',
    (bytes: Buffer) => bytes.writeUInt32LE(0xffffffff, FIRST_SLOT + 8),
    'two rpm-record-unreadable 1',
  ],
  [
    'a record longer than its place',
    (bytes: Buffer) => bytes.writeUInt32LE(5000, FIRST_BLOB + 12),
    'two rpm-record-unreadable 1',
  ],
  [
    'a record of an impossible length',
    (bytes: Buffer) => bytes.writeUInt32LE(0xffffffff, FIRST_BLOB + 12),
    'two rpm-record-unreadable 1',
  ],
  ['a table of slots without end', (bytes: Buffer) => bytes.writeUInt32LE(0xffffffff, 12), 'rpm-record-unreadable 1'],
  [
    'a table of slots longer than the file',
    (bytes: Buffer) => bytes.writeUInt32LE(4000, 12),
    'one two rpm-record-unreadable 1 rpm-record-unreadable 20',
  ],
] as const) {
  test(`${what} is a problem and does not lose the others`, () => assert.equal(damaged(change), found));
}

test('slots that share one record come to an end', () => {
  const found = damaged((bytes) => {
    for (let slot = FIRST_SLOT; slot < FIRST_BLOB; slot += 16) bytes.copy(bytes, slot, FIRST_SLOT, FIRST_SLOT + 16);
  });
  assert.match(found, /^(one ){10,60}rpm-record-unreadable 1$/);
});
