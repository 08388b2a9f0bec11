import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { serve } from '#server/index.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-accounts-'));
const program = join(import.meta.dirname, '../../src/bin/plimsoll.ts');
const running = await serve({
  database: { kind: 'embedded', directory },
  role: 'all',
  host: '127.0.0.1',
  port: 0,
  log: 'nothing',
  keyFile: join(directory, 'secrets.key'),
  makeKey: true,
  allowedAddresses: [],
});
if (!running.ok) throw new Error(running.error);
const { address, welcome, close } = running.value;
after(async () => {
  await close();
  rmSync(directory, { recursive: true, force: true });
});

async function plimsoll(...args: readonly string[]) {
  const child = spawn(process.execPath, [program, ...args, '--data', directory], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', error: '' };
  child.stdout.on('data', (bytes) => {
    said.out += bytes;
  });
  child.stderr.on('data', (bytes) => {
    said.error += bytes;
  });
  const [code] = await once(child, 'close');
  return { ...said, code };
}

const post = (path: string, body: object) =>
  fetch(`${address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('a new server is taken over by its link, and a lost password is replaced by one of the command line', async () => {
  const token = welcome?.split('#')[1];
  const first = { token, name: 'ada', password: 'the first sentence of ada' };
  assert.equal((await post('/api/v1/session/link', first)).status, 200);
  assert.match((await plimsoll('accounts', 'list')).out, /^person {3}ada\n$/);
  const made = await plimsoll('accounts', 'link', 'Ada', '--address', address);
  assert.equal(made.code, 0);
  assert.ok(made.out.startsWith(`${address}/welcome#plm_link_`));
  const second = { token: made.out.trim().split('#')[1], password: 'the second sentence of ada' };
  assert.equal((await post('/api/v1/session/link', second)).status, 200);
  const signIn = (password: string) => post('/api/v1/session', { name: 'ada', password });
  assert.equal((await signIn(first.password)).status, 401);
  const entered = await signIn(second.password);
  assert.equal(entered.status, 201);
  assert.match(
    entered.headers.get('set-cookie') ?? '',
    /^plimsoll=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
  );
  assert.equal((await plimsoll('accounts', 'link')).code, 3, 'there is an administrator');
  assert.equal((await plimsoll('accounts', 'link', 'nobody')).code, 3);
});

test('the audit log is verified while the server is at work', async () => {
  const verified = await plimsoll('audit-log', 'verify');
  assert.deepEqual(
    [verified.code, /^All [1-9]\d* entries are as they were written\.\n$/.test(verified.out)],
    [0, true],
  );
});
