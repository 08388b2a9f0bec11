import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const IDLE_MS = 2 * 60 * 1000;
const LIFETIME_MS = 2 * 24 * 60 * 60 * 1000;
const PARTIAL = '.partial';

/**
 * Where to download a file with this digest to. The name is the caller's alone, for processes share the directory; what an
 * interrupted download left behind is taken over, so that it is continued. Leftovers that nobody wants are removed.
 */
export async function downloadPath(directory: string, sha256: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const own = join(directory, `${sha256}-${randomUUID()}`);
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > LIFETIME_MS) {
      await rm(path, { recursive: true, force: true });
    } else if (age > IDLE_MS && name.startsWith(sha256) && name.endsWith(PARTIAL)) {
      // Of two processes that try this, one fails and begins anew.
      await rename(path, own + PARTIAL).catch(() => undefined);
    }
  }
  return own;
}
