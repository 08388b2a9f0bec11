import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { writeLayerTar } from './tar-split.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-split-'));
after(() => rmSync(directory, { recursive: true }));
const tree = join(directory, 'tree');
mkdirSync(join(tree, 'etc'), { recursive: true });
writeFileSync(join(tree, 'etc/name'), 'content');
writeFileSync(join(directory, 'secret'), 'of this machine');
symlinkSync('..', join(tree, 'up'));
symlinkSync('../secret', join(tree, 'link'));

const bytes = (text: string) => ({ type: 2, payload: Buffer.from(text).toString('base64') });
const file = (name: string, size: number) => ({ type: 1, name, size, payload: 'AAAAAAAAAAA=' });

async function rebuild(lines: readonly (object | string)[]): Promise<string> {
  const record = join(directory, 'record.gz');
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  writeFileSync(record, gzipSync(text));
  const chunks: Uint8Array[] = [];
  await writeLayerTar(record, tree, async (chunk) => void chunks.push(Buffer.from(chunk)), AbortSignal.timeout(30_000));
  return Buffer.concat(chunks).toString();
}

test('headers and contents come back in order', async () => {
  assert.equal(
    await rebuild([bytes('head '), file('./etc/name', 7), bytes(' tail'), file('etc/gone', 0)]),
    'head content tail',
  );
});

test('names that are no UTF-8 come from their raw form', async () => {
  assert.equal(await rebuild([{ type: 1, name_raw: Buffer.from('etc/name').toString('base64'), size: 7 }]), 'content');
});

const refused: readonly (readonly [string, readonly (object | string)[], RegExp])[] = [
  ['a file that shrank', [file('etc/name', 8)], /shorter/],
  ['a file outside the layer', [file('../secret', 2)], /outside the layer/],
  ['a file behind a link that leads out', [file('up/secret', 2)], /outside the layer/],
  ['a link in the place of a file', [file('link', 2)], /ELOOP/],
  ['a missing file', [file('etc/none', 2)], /ENOENT/],
  ['no JSON', ['{'], /no JSON/],
  ['an unknown line', [{ type: 9 }], /unknown line/],
  ['a size that is none', [{ type: 1, name: 'etc/name', size: -1 }], /unknown line/],
];
for (const [name, lines, words] of refused) {
  test(`${name} ends the rebuilding`, async () => assert.rejects(rebuild(lines), words));
}
