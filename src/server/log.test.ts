import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-log-'));
const program = join(import.meta.dirname, '../bin/plimsoll.ts');
const server = spawn(process.execPath, [program, 'serve', '--data', directory, '--listen', '127.0.0.1:0'], {
  stdio: ['ignore', 'pipe', 'pipe'],
});
after(async () => {
  if (server.exitCode === null && server.signalCode === null) {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  rmSync(directory, { recursive: true, force: true });
});
let log = '';
let errors = '';
server.stdout.on('data', (bytes) => {
  log += bytes;
});
server.stderr.on('data', (bytes) => {
  errors += bytes;
});

async function welcome(): Promise<URL> {
  for (let waited = 0; waited < 60_000 && server.exitCode === null; waited += 100) {
    const link = /http:\S+\/welcome#\S+/.exec(errors)?.[0];
    if (link !== undefined) return new URL(link);
    await delay(100);
  }
  throw new Error(`it did not start: ${errors}`);
}

test('no password, token, cookie, key or link that anybody sends is in the log', async () => {
  const { origin, hash } = await welcome();
  const secrets = new Set<string>([
    'a sentence nobody guesses',
    hash.slice(1),
    'plm_user_made_up',
    'hidden-in-a-query',
    'smtp-hidden-word',
  ]);
  const call = async (method: string, path: string, headers: Record<string, string> = {}, body?: object) => {
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: { origin, ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      cookie: answer.headers.get('set-cookie') ?? '',
      body: text ? JSON.parse(text) : undefined,
    };
  };
  const password = 'a sentence nobody guesses';
  assert.equal(
    (await call('POST', '/api/v1/session/link', {}, { token: hash.slice(1), password, name: 'ada' })).status,
    200,
  );
  assert.equal((await call('POST', '/api/v1/session', {}, { name: 'ada', password: `${password}!` })).status, 401);
  const session = await call('POST', '/api/v1/session', {}, { name: 'ada', password });
  assert.equal(session.status, 201);
  const cookie = /plimsoll=([^;]+)/.exec(session.cookie)?.[1] ?? '';
  const signed = { cookie: `plimsoll=${cookie}`, 'x-plimsoll-csrf': session.body.csrf };
  for (const secret of [cookie, session.body.csrf]) secrets.add(secret);
  const token = await call('POST', '/api/v1/tokens', signed, {
    name: 'mine',
    permissions: ['findings:read'],
    scope: { kind: 'all' },
  });
  assert.equal(token.status, 201, JSON.stringify(token.body));
  secrets.add(token.body.token);
  assert.equal((await call('GET', '/api/v1/findings', { authorization: `Bearer ${token.body.token}` })).status, 200);
  assert.equal((await call('GET', '/api/v1/findings', { authorization: 'Bearer plm_user_made_up' })).status, 401);
  assert.equal((await call('GET', '/api/v1/findings?token=hidden-in-a-query', signed)).status, 400);
  const second = await call('POST', '/api/v1/me/second-factor', signed, { password });
  secrets.add(second.body.secret);
  const settings = { url: 'https://hooks.example/smtp-hidden-word', secret: 'smtp-hidden-word' };
  await call('POST', '/api/v1/channels', signed, { name: 'hook', kind: 'webhook', settings });
  server.kill('SIGTERM');
  await once(server, 'exit');
  const lines = log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.ok(lines.some(({ req }) => req?.path === '/api/v1/session/link' && typeof req.address === 'string' && req.id));
  assert.ok(lines.length > 10);
  secrets.add(readFileSync(join(directory, 'secrets.key'), 'utf8').trim());
  secrets.add(readFileSync(join(directory, 'database-password'), 'utf8').trim());
  for (const secret of secrets) {
    assert.ok(secret.length > 8, secret);
    assert.ok(!log.includes(secret), 'in the log');
    // The link of the start is for whoever started it.
    if (secret !== hash.slice(1)) assert.ok(!errors.includes(secret), 'on standard error');
  }
});
