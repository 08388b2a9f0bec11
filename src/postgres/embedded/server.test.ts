import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { openDatabase } from '../database.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-postgres-'));
after(() => rmSync(directory, { recursive: true, force: true }));

const location = { kind: 'embedded', directory } as const;
const open = async () => {
  const opened = await openDatabase<Record<never, never>>(location, {});
  assert.ok(opened.ok, opened.ok ? '' : opened.error);
  return opened.value;
};
const postmaster = () => Number(readFileSync(join(directory, 'database/postmaster.pid'), 'utf8').split('\n')[0]);

test('a server of our own keeps what is written, has one owner and is started again when it is killed', async () => {
  const first = await open();
  await sql`create table kept (word text)`.execute(first.query);
  await sql`insert into kept values ('here')`.execute(first.query);
  const second = await openDatabase(location, {});
  assert.ok(!second.ok && second.error.includes('in use by another Plimsoll'));
  process.kill(postmaster(), 'SIGKILL');
  assert.deepEqual(await eventually(() => sql`select word from kept`.execute(first.query)), [{ word: 'here' }]);
  await first.close();
  const again = await open();
  assert.deepEqual((await sql`select word from kept`.execute(again.query)).rows, [{ word: 'here' }]);
  await again.close();
});

test('a server that outlived its Plimsoll is ended before the data is used again', async () => {
  const script = `
    import { openDatabase } from ${JSON.stringify(import.meta.resolve('../database.ts'))};
    const opened = await openDatabase(${JSON.stringify(location)}, {});
    console.log(opened.ok);
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    cwd: new URL('../../..', import.meta.url),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line]: unknown[] = await once(child.stdout, 'data');
  assert.equal(String(line).trim(), 'true');
  const leftover = postmaster();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const next = await open();
  assert.notEqual(postmaster(), leftover);
  assert.equal((await sql`select word from kept`.execute(next.query)).rows.length, 1);
  await next.close();
});

test('data of another version of PostgreSQL is not touched', async () => {
  const file = join(directory, 'database/PG_VERSION');
  writeFileSync(file, '12\n');
  const refused = await openDatabase(location, {});
  assert.ok(!refused.ok && refused.error.includes('written by PostgreSQL 12'));
  writeFileSync(file, '18\n');
});

test('a database of a newer Plimsoll is not touched', async () => {
  const newer = await openDatabase(location, { '9999-newer': { up: async () => undefined } });
  assert.ok(newer.ok);
  await newer.value.close();
  const refused = await openDatabase(location, {});
  assert.ok(!refused.ok && refused.error.includes('written by a newer Plimsoll (9999-newer)'));
});

async function eventually(ask: () => Promise<{ readonly rows: unknown[] }>): Promise<unknown[]> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      return (await ask()).rows;
    } catch {
      await delay(100);
    }
  }
  throw new Error('the database does not come back');
}
