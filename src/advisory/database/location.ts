import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where the database lives: `$PLIMSOLL_DB_DIR`, else `$XDG_DATA_HOME/plimsoll/db`, else `~/.local/share/plimsoll/db`. */
export function databaseDirectory(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const own = environment['PLIMSOLL_DB_DIR'];
  if (own) return own;
  const data = environment['XDG_DATA_HOME'];
  // The XDG specification: a relative path is to be ignored.
  const base = data && isAbsolute(data) ? data : join(homedir(), '.local', 'share');
  return join(base, 'plimsoll', 'db');
}
