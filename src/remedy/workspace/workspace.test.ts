import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { applyEdits } from './edit.ts';
import { readProjectFile } from './project-file.ts';

function project(context: TestContext): string {
  const root = mkdtempSync(join(tmpdir(), 'plimsoll-workspace-'));
  context.after(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'project/sub'), { recursive: true });
  writeFileSync(join(root, 'outside.txt'), 'outside\n');
  writeFileSync(join(root, 'project/a.txt'), 'a\n');
  writeFileSync(join(root, 'project/sub/b.txt'), '\ufeffb\r\n');
  return join(root, 'project');
}

async function read(root: string, path: string) {
  const file = await readProjectFile(root, path, 1000);
  assert.ok(file.ok, file.ok ? '' : file.error);
  return file.value;
}

test('replaces files whole and keeps their modes', async (context) => {
  const root = project(context);
  chmodSync(join(root, 'a.txt'), 0o750);
  const edits = [
    { file: await read(root, 'a.txt'), after: 'A\n' },
    { file: await read(root, 'sub/b.txt'), after: '\ufeffB\r\n' },
  ];
  assert.deepEqual(await applyEdits(root, edits), { ok: true, value: undefined });
  assert.equal(readFileSync(join(root, 'a.txt'), 'utf8'), 'A\n');
  assert.equal(readFileSync(join(root, 'sub/b.txt'), 'utf8'), '\ufeffB\r\n');
  assert.equal(statSync(join(root, 'a.txt')).mode & 0o777, 0o750);
  assert.deepEqual(readdirSync(root), ['a.txt', 'sub']);
});

test('writes nothing at all when one file changed meanwhile', async (context) => {
  const root = project(context);
  const edits = [
    { file: await read(root, 'a.txt'), after: 'A\n' },
    { file: await read(root, 'sub/b.txt'), after: 'B\n' },
  ];
  writeFileSync(join(root, 'sub/b.txt'), 'somebody else was here\n');
  const done = await applyEdits(root, edits);
  assert.match(done.ok ? '' : done.error, /sub\/b.txt has changed meanwhile/);
  assert.equal(readFileSync(join(root, 'a.txt'), 'utf8'), 'a\n');
  assert.deepEqual(readdirSync(root), ['a.txt', 'sub']);
});

test('puts back what was moved when a later move fails', async (context) => {
  const root = project(context);
  const edits = [
    { file: await read(root, 'a.txt'), after: 'A\n' },
    { file: { ...(await read(root, 'a.txt')), path: 'gone/b.txt' }, after: 'B\n' },
  ];
  const done = await applyEdits(root, edits);
  assert.match(done.ok ? '' : done.error, /gone\/b.txt is not there/);
  assert.equal(readFileSync(join(root, 'a.txt'), 'utf8'), 'a\n');
});

test('leaves the directory by no path and no link, and reads nothing but text of a bounded size', async (context) => {
  const root = project(context);
  symlinkSync('../outside.txt', join(root, 'link.txt'));
  symlinkSync('..', join(root, 'up'));
  symlinkSync('sub', join(root, 'near'));
  execFileSync('mkfifo', [join(root, 'pipe')]);
  writeFileSync(join(root, 'large.txt'), 'x'.repeat(1001));
  writeFileSync(join(root, 'utf16.txt'), Buffer.from('\ufeffa', 'utf16le'));
  const cases: readonly (readonly [string, RegExp])[] = [
    ['../outside.txt', /no path inside/],
    ['/etc/passwd', /no path inside/],
    ['sub/../../outside.txt', /no path inside/],
    ['link.txt', /symbolic link/],
    ['up/outside.txt', /symbolic link/],
    ['near/b.txt', /symbolic link/],
    ['pipe', /no regular file/],
    ['sub', /no regular file/],
    ['large.txt', /1001 bytes/],
    ['utf16.txt', /not UTF-8/],
    ['none.txt', /is not there/],
  ];
  for (const [path, words] of cases) {
    const file = await readProjectFile(root, path, 1000);
    assert.match(file.ok ? 'was read' : file.error, words, path);
  }
});
