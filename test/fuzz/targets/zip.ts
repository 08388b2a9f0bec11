import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import { bufferAccess, openZip } from '#foundation/index.ts';
import { type ZipMember, zipOf } from '../../kit/zip.ts';
import { checkResult } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const LIMITS = { maxEntryBytes: 1024 * 1024, maxTotalBytes: 4 * 1024 * 1024, maxEntries: 1000 };

const members: readonly ZipMember[] = [
  { name: 'GHSA-1.json', content: '{"id": "GHSA-1"}' },
  { name: 'deep/er/stored.txt', content: 'stored as it is', stored: true },
  { name: 'empty', content: '' },
  { name: 'long.txt', content: 'the same again and again, '.repeat(400) },
];

export const zip: FuzzTarget = {
  id: 'zip',
  title: 'zip archives, zip64 and stubs included',
  form: 'little-endian',
  seeds: () => [
    zipOf(members),
    zipOf(members, { zip64: true }),
    zipOf(members.slice(0, 2), {
      prefix: Buffer.from('#!/bin/sh\nexit\n'),
      comment: Buffer.from('PK\x05\x06 a comment'),
    }),
    zipOf([]),
  ],
  run(bytes) {
    const archive = checkResult(openZip(bufferAccess(Buffer.from(bytes)), LIMITS));
    if (archive === undefined) return;
    const entries = [...archive.entries()];
    assert.equal(entries.length, archive.entryCount, 'every entry that was counted is listed');
    for (const entry of entries) {
      const content: Buffer | undefined = checkResult(archive.read(entry));
      if (content === undefined) continue;
      assert.equal(content.length, entry.bytes);
      assert.ok(content.length <= LIMITS.maxEntryBytes);
      assert.equal(crc32(content), entry.crc32);
    }
  },
};
