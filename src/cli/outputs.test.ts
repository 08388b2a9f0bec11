import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { writeFileWhole } from './outputs.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-outputs-'));
after(() => rmSync(folder, { recursive: true }));

test('a file is replaced as a whole', async () => {
  const path = join(folder, 'report');
  writeFileSync(path, 'before, and longer');
  await writeFileWhole(path, ['af', 'ter']);
  assert.equal(readFileSync(path, 'utf8'), 'after');
});

test('a link stays one, and what it names is written', async () => {
  const path = join(folder, 'link');
  symlinkSync(join(folder, 'named'), path);
  writeFileSync(join(folder, 'named'), '');
  await writeFileWhole(path, ['text']);
  assert.equal(readlinkSync(path), join(folder, 'named'));
  assert.equal(readFileSync(join(folder, 'named'), 'utf8'), 'text');
});

test('a device is not replaced by a file', async () => {
  await writeFileWhole('/dev/null', ['text']);
  assert.ok(statSync('/dev/null').isCharacterDevice());
});
