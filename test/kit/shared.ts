import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sharedRoot = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** Path of larger test data that lies in `shared/` beside the repository, or undefined when this machine has none. */
export function sharedPath(...parts: string[]): string | undefined {
  const path = join(sharedRoot, ...parts);
  return existsSync(path) ? path : undefined;
}

/** For the test runner's `skip` option: false when the data is there, otherwise the reason to print. */
export function sharedSkip(path: string | undefined): string | false {
  return path === undefined ? 'the optional test data in shared/ beside the repository is not on this machine' : false;
}
