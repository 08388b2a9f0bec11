import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOf } from './owner.ts';

/**
 * The address of the server of our own that another process runs in a directory at this moment; for commands of whoever may read that
 * directory. Undefined when none runs there, or its socket is elsewhere because the path is too long.
 */
export function runningServer(directory: string): string | undefined {
  const [owner, secret, sockets] = ['owner', 'database-password', 'socket'].map((name) => join(directory, name));
  if (!owner || !secret || !sockets || !existsSync(join(sockets, '.s.PGSQL.5432'))) return undefined;
  if (!existsSync(owner) || !existsSync(secret)) return undefined;
  const [pid = '', started = ''] = readFileSync(owner, 'utf8').split(' ');
  if (started === '' || startOf(Number(pid)) !== started) return undefined;
  const password = encodeURIComponent(readFileSync(secret, 'utf8'));
  return `postgres://plimsoll:${password}@localhost/postgres?host=${encodeURIComponent(sockets)}`;
}
