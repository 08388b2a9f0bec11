import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where what can be computed or fetched again is kept: `$PLIMSOLL_CACHE_DIR`, else `plimsoll` in the user's cache directory. */
export function cacheDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  if (environment['PLIMSOLL_CACHE_DIR']) return environment['PLIMSOLL_CACHE_DIR'];
  return join(environment['XDG_CACHE_HOME'] || join(environment['HOME'] || homedir(), '.cache'), 'plimsoll');
}
