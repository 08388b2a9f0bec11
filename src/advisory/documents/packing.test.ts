import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { documentOf, readWhole } from './document.ts';

const CONTENT = Buffer.from('a few bytes');
/** Written by bzip2 1.0.8 and XZ Utils 5.4. */
const BZIP2 = Buffer.from('QlpoOTFBWSZTWf7DyFIAAAERgEAAMwAMoCAAMQZMQQaD0gusEOn4u5IpwoSH9h5CkA==', 'base64');
const XZ = Buffer.from(
  '/Td6WFoAAATm1rRGAgAhARwAAAAQz1jMAQAKYSBmZXcgYnl0ZXMAAJWaimcaWD1KAAEjC8Ib/QkftvN9AQAAAAAEWVo=',
  'base64',
);

describe('feeds are read however they are packed', () => {
  for (const [title, packed] of [
    ['not at all', CONTENT],
    ['gzip', gzipSync(CONTENT)],
    ['zstd', zstdCompressSync(CONTENT)],
    ['xz', XZ],
    ['bzip2', BZIP2],
  ] as const) {
    test(title, async () => {
      assert.deepEqual(await readWhole(documentOf('x', packed), 100), CONTENT);
      await assert.rejects(readWhole(documentOf('x', packed), 5), /larger than|more than allowed/);
      if (packed !== CONTENT)
        await assert.rejects(readWhole(documentOf('x', packed.subarray(0, packed.length - 3)), 100));
    });
  }
});
