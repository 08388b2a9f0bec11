import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tarOf } from '../../../test/kit/tar.ts';
import { documentOf } from './document.ts';
import { tarFiles } from './tar-files.ts';

const LIMITS = { maxBytes: 1 << 26, maxFileBytes: 1000 };
const archive = Buffer.from(
  tarOf([
    ...Array.from({ length: 3000 }, (_, index) => ({ name: `d/${index}.json`, body: `${index}` })),
    { name: 'd/large.json', body: 'x'.repeat(2000) },
    { name: 'other', body: 'y' },
  ]),
);

async function read(bytes: Buffer): Promise<string[]> {
  const found: string[] = [];
  for await (const batch of tarFiles(documentOf('x', bytes), (path) => path.endsWith('.json'), LIMITS))
    for (const file of batch) found.push(`${file.path} ${file.bytes.toString()}`);
  return found;
}

test('gives every wanted file once and in order, however slow the reader', async () => {
  const found = await read(archive);
  assert.equal(found.length, 3001);
  assert.deepEqual([found[0], found[2999], found[3000]], ['d/0.json 0', 'd/2999.json 2999', 'd/large.json ']);
});

test('can be left in the middle', async () => {
  for await (const batch of tarFiles(documentOf('x', archive), () => true, LIMITS)) {
    assert.ok(batch.length > 0);
    break;
  }
});

test('throws where the archive breaks off or is none', async () => {
  for (const bytes of [archive.subarray(0, archive.length >> 1), Buffer.from('no archive at all'.repeat(100))])
    await assert.rejects(read(bytes));
});
