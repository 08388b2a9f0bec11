import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createSecretBox, readKeyFile } from './index.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-secrets-'));
after(() => rmSync(directory, { recursive: true, force: true }));

test('a sealed secret opens with the same key for the same use, and never twice looks the same', () => {
  const box = createSecretBox(Buffer.alloc(32, 1));
  const sealed = box.seal('pässword', 'channel a');
  assert.equal(box.open(sealed, 'channel a'), 'pässword');
  assert.notEqual(sealed, box.seal('pässword', 'channel a'));
  assert.ok(!sealed.includes('pässword'));
  const altered = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  const failures = [
    () => box.open(sealed, 'channel b'),
    () => box.open(altered, 'channel a'),
    () => box.open(`${sealed.split(':').slice(0, 2).join(':')}:`, 'channel a'),
    () => box.open('v2:00:00', 'channel a'),
  ];
  for (const failing of failures) assert.throws(failing);
  assert.throws(() => createSecretBox(Buffer.alloc(32, 2)).open(sealed, 'channel a'), /another key file/);
});

test('a key is made once, whole, for its owner alone', async () => {
  const path = join(directory, 'new', 'secrets.key');
  const keys = await Promise.all(Array.from({ length: 8 }, () => readKeyFile(path, true)));
  assert.equal(new Set(keys.map((key) => (key.ok ? key.value.toString('hex') : key.error))).size, 1);
  assert.ok(keys[0]?.ok);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(join(directory, 'new')), ['secrets.key']);
});

test('a key file that cannot be used is said to be so', async () => {
  const path = join(directory, 'bad.key');
  writeFileSync(path, 'short', { mode: 0o600 });
  const cases = [
    [join(directory, 'missing.key'), /cannot be read/],
    [path, /32 bytes/],
  ] as const;
  for (const [file, words] of cases) {
    const key = await readKeyFile(file, false);
    assert.match(key.ok ? '' : key.error, words);
  }
  writeFileSync(join(directory, 'open.key'), Buffer.alloc(32).toString('base64'), { mode: 0o644 });
  const open = await readKeyFile(join(directory, 'open.key'), false);
  assert.match(open.ok ? '' : open.error, /chmod 600/);
});
