import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { serve } from '#server/index.ts';
import { sampleReport } from '../kit/report.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-up-'));
const program = join(import.meta.dirname, '../../src/bin/plimsoll.ts');
let child: ChildProcess | undefined;
after(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(directory, { recursive: true, force: true });
});

/** What it says until it is up. */
async function up(): Promise<string> {
  child = spawn(process.execPath, [program, 'up', '--no-scan', '--data', directory, '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  assert.ok(child.stderr);
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    lines.push(line);
    if (line.startsWith('Ctrl-C')) break;
  }
  return lines.join('\n');
}

test('one command starts everything, Ctrl-C ends it, and it goes on with its data', async () => {
  const first = await up();
  assert.match(first, /^Making a database in /);
  assert.match(first, /answers at http:\/\/127\.0\.0\.1:\d+ after [\d.]+ s, with new data in /);
  assert.match(first, /once, within a day: http:\/\/127\.0\.0\.1:\d+\/welcome#plm_link_/);
  child?.kill('SIGINT');
  assert.deepEqual(await once(child ?? process, 'exit'), [0, null]);
  const second = await up();
  assert.match(second, /with the data in /);
  assert.doesNotMatch(second, /Making a database/);
  child?.kill('SIGINT');
  assert.deepEqual(await once(child ?? process, 'exit'), [0, null]);
});

test('this host sends reports about itself, and about nothing else', async () => {
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
  assert.ok(running.ok, running.ok ? '' : running.error);
  const { address, admitHost, close } = running.value;
  try {
    const name = hostname();
    const { token, lastReportAt } = await admitHost(name);
    assert.equal(lastReportAt, undefined);
    const upload = async (asset: string) => {
      const report = sampleReport({ artifact: { kind: 'tree', name, scheme: 'host', tags: [], layers: [] } });
      const answer = await fetch(`${address}/api/v1/reports?asset=${encodeURIComponent(asset)}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(report),
      });
      return answer.status;
    };
    assert.equal(await upload(`host:${name}`), 201);
    assert.equal(await upload('host:another'), 403);
    assert.equal(await upload('project:shop'), 403);
    const me = await fetch(`${address}/api/v1/findings`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(me.status, 403);
    const again = await admitHost(name);
    assert.ok(again.lastReportAt instanceof Date);
    assert.notEqual(again.token, token);
  } finally {
    await close();
  }
});
