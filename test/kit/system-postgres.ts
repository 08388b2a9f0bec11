import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

/** A PostgreSQL of the operating system, for this process alone, in a directory of its own. */
export interface SystemPostgres {
  /** Makes an empty database and says where it is. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

const READY_MS = 30_000;

/** Where Debian's package `postgresql` has the programs; the newest of several. Undefined without it. */
const programs = globSync('/usr/lib/postgresql/*/bin/postgres')
  .map((path) => dirname(path))
  .sort((a, b) => Number(b.split('/').at(-2)) - Number(a.split('/').at(-2)))[0];

/** For the test runner's `skip`. */
export const systemPostgresSkip: string | false =
  programs === undefined && 'there is no PostgreSQL in /usr/lib/postgresql (Debian package postgresql)';

/** Starts it without writing through to the disk: what these databases hold is not kept. */
export async function startSystemPostgres(): Promise<SystemPostgres> {
  if (programs === undefined) throw new Error(String(systemPostgresSkip));
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-postgresql-'));
  const user = unprivileged();
  if (user) chownSync(directory, user.uid, user.gid);
  const data = join(directory, 'data');
  const made = spawnSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { cwd: '/', ...user },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const settings = ['listen_addresses=', `unix_socket_directories=${directory}`, 'fsync=off', 'shared_buffers=32MB'];
  const child = spawn(join(programs, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    cwd: '/',
    stdio: 'ignore',
    ...user,
  });
  const url = (name: string) => `postgres://postgres@localhost/${name}?host=${encodeURIComponent(directory)}`;
  await untilReady(url('postgres'));
  let databases = 0;
  return {
    async createDatabase() {
      const name = `test_${++databases}`;
      await run(url('postgres'), `create database ${name}`);
      return url(name);
    },
    async stop() {
      await end(child);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [, , uid, gid] = /^(?:postgres|nobody):.*$/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[0].split(':') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

async function untilReady(url: string): Promise<void> {
  for (let waited = 0; ; waited += 50) {
    try {
      return await run(url, 'select 1');
    } catch (error) {
      if (waited > READY_MS) throw error;
      await delay(50);
    }
  }
}

async function run(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await ended;
}
