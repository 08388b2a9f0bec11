import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { err, ok, type Result } from '#foundation/index.ts';
import { type Binaries, findBinaries, makeDirectory } from './binaries.ts';
import { startOf, takeOwnership } from './owner.ts';
import { type ServerUser, serverUser } from './server-user.ts';

/** A PostgreSQL server of our own in a data directory. Reached over a socket that only this user can open, with a password all the same. */
export interface EmbeddedServer {
  readonly connection: Pick<ClientConfig, 'host' | 'port' | 'user' | 'password' | 'database'>;
  /** Ends the server in order: nothing has to be recovered at the next start. */
  stop(): Promise<void>;
}

/** What `PG_VERSION` must say. */
const MAJOR = '18';
const PORT = 5432;
const READY_MS = 60_000;
const STOP_MS = 30_000;
/** The kernel's bound for the path of a socket is 107 bytes, and the file's name is part of it. */
const MAX_SOCKET_DIRECTORY = 80;

/** Starts the server, making its data directory when there is none. Errors complete "The data directory cannot be used: ...". */
export async function startEmbedded(directory: string): Promise<Result<EmbeddedServer>> {
  const user = serverUser();
  makeDirectory(directory, user);
  const owned = takeOwnership(join(directory, 'owner'));
  if (!owned.ok) return owned;
  const release = owned.value;
  const prepared = await prepare(directory, user);
  if (!prepared.ok) {
    release();
    return prepared;
  }
  const supervisor = new Supervisor(prepared.value, release);
  const ready = await supervisor.start();
  if (!ready.ok) {
    await supervisor.stop();
    return ready;
  }
  return ok(supervisor);
}

interface Prepared {
  readonly binaries: Binaries;
  readonly user: ServerUser | undefined;
  readonly data: string;
  readonly sockets: string;
  readonly password: string;
}

async function prepare(directory: string, user: ServerUser | undefined): Promise<Result<Prepared>> {
  const binaries = findBinaries(directory, user);
  if (!binaries.ok) return binaries;
  const [data, secret] = [join(directory, 'database'), join(directory, 'database-password')];
  const existing = existsSync(join(data, 'PG_VERSION')) && existsSync(secret);
  if (existing) {
    const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
    if (version !== MAJOR)
      return err(
        `it was written by PostgreSQL ${version}, and this Plimsoll brings ${MAJOR}; restore a backup into a new directory`,
      );
    await endLeftover(join(data, 'postmaster.pid'));
  } else {
    const made = initialise(binaries.value, user, data, secret);
    if (!made.ok) return made;
  }
  const sockets = socketDirectory(directory, user);
  return ok({ binaries: binaries.value, user, data, sockets, password: readFileSync(secret, 'utf8') });
}

/** A half-made directory of an earlier attempt is made anew: only a finished one has the password beside it. */
function initialise(
  { initdb, environment }: Binaries,
  user: ServerUser | undefined,
  data: string,
  secret: string,
): Result<void> {
  rmSync(data, { recursive: true, force: true });
  makeDirectory(data, user);
  const making = `${secret}.new`;
  writeFileSync(making, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (user) chownSync(making, user.uid, user.gid);
  const args = ['-D', data, '-U', 'plimsoll', '--auth=scram-sha-256', `--pwfile=${making}`, '-E', 'UTF8', '--locale=C'];
  const done = spawnSync(initdb, [...args, '--no-instructions'], {
    env: environment,
    cwd: '/',
    ...user,
    timeout: READY_MS,
  });
  if (done.status !== 0) return err(`PostgreSQL could not make a database in it: ${lastLine(done.stderr.toString())}`);
  renameSync(making, secret);
  return ok(undefined);
}

/** A server whose Plimsoll was killed goes on by itself and holds the data: it is ended in order. */
async function endLeftover(file: string): Promise<void> {
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!Number.isSafeInteger(pid) || pid <= 1 || !isPostgres(pid)) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; startOf(pid) !== undefined && waited < STOP_MS; waited += 50) await delay(50);
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'latin1').trim() === 'postgres';
  } catch {
    return false;
  }
}

function socketDirectory(directory: string, user: ServerUser | undefined): string {
  const wanted = join(directory, 'socket');
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  const path = wanted.length <= MAX_SOCKET_DIRECTORY ? wanted : mkdtempSync(join(tmpdir(), `plimsoll-${name}-`));
  makeDirectory(path, user);
  return path;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}

/** Keeps the server running until it is told to stop. */
class Supervisor implements EmbeddedServer {
  readonly connection: EmbeddedServer['connection'];
  readonly #prepared: Prepared;
  readonly #release: () => void;
  #child: ChildProcess | undefined;
  #isStopping = false;
  #restarts = 0;
  #said = '';

  constructor(prepared: Prepared, release: () => void) {
    this.#prepared = prepared;
    this.#release = release;
    const { sockets, password } = prepared;
    this.connection = { host: sockets, port: PORT, user: 'plimsoll', password, database: 'postgres' };
  }

  async start(): Promise<Result<void>> {
    this.#spawn();
    for (let waited = 0; waited < READY_MS; waited += 50) {
      if (await this.#answers()) return ok(undefined);
      if (this.#child?.exitCode !== null) return err(`PostgreSQL did not start: ${lastLine(this.#said)}`);
      await delay(50);
    }
    return err(`PostgreSQL did not answer within ${READY_MS / 1000} s: ${lastLine(this.#said)}`);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      const killer = setTimeout(() => child.kill('SIGQUIT'), STOP_MS);
      await ended;
      clearTimeout(killer);
    }
    this.#release();
  }

  #spawn(): void {
    const { binaries, user, data } = this.#prepared;
    const args = ['-D', data, ...settings(this.#prepared).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    const child = spawn(binaries.postgres, args, {
      env: binaries.environment,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      // In a session of its own: Ctrl-C in the terminal is for us, who end it when all requests are answered.
      detached: true,
      ...user,
    });
    child.stderr.on('data', (bytes: Buffer) => {
      this.#said = `${this.#said}${bytes.toString('utf8')}`.slice(-4096);
    });
    child.on('error', (error) => {
      this.#said = error.message;
    });
    child.on('exit', () => void this.#again());
    this.#child = child;
  }

  /** A server that was killed recovers from its log when it starts again. */
  async #again(): Promise<void> {
    if (this.#isStopping) return;
    this.#restarts++;
    await delay(Math.min(10_000, 100 * 2 ** Math.min(this.#restarts, 7)));
    if (!this.#isStopping) this.#spawn();
  }

  async #answers(): Promise<boolean> {
    const client = new Client({ ...this.connection, connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

function settings({ sockets }: Prepared): [name: string, value: string][] {
  return [
    ['listen_addresses', ''],
    ['unix_socket_directories', sockets],
    ['unix_socket_permissions', '0700'],
    ['port', String(PORT)],
    ['max_connections', '60'],
    ['shared_buffers', '96MB'],
    ['work_mem', '8MB'],
    ['maintenance_work_mem', '64MB'],
    ['effective_cache_size', '512MB'],
    ['random_page_cost', '1.1'],
    ['wal_compression', 'on'],
    ['max_wal_size', '512MB'],
    ['log_min_messages', 'warning'],
  ];
}
