import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const IDLE_MS = 2 * 60 * 1000;
const LIFETIME_MS = 2 * 24 * 60 * 60 * 1000;
/** Names that this module makes, with what the HTTP client adds; the directory may be shared with anything. */
const OWN_NAME = /^plimsoll-([0-9a-f]{64})-[0-9a-f-]{36}(\.partial(?:-version)?)?$/;

/**
 * Where to download a file with this digest to. The name is the caller's alone, for processes share the directory; what an
 * interrupted download left behind is taken over, so that it is continued. Leftovers that nobody wants are removed.
 */
export async function downloadPath(directory: string, sha256: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const own = join(directory, `plimsoll-${sha256}-${randomUUID()}`);
  for (const name of await readdir(directory)) {
    const [, digest, ending] = OWN_NAME.exec(name) ?? [];
    if (digest === undefined) continue;
    const path = join(directory, name);
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > LIFETIME_MS) {
      await rm(path, { force: true });
    } else if (age > IDLE_MS && digest === sha256 && ending === '.partial') {
      // Of two processes that try this, one fails and begins anew.
      await rename(path, own + ending).catch(() => undefined);
    }
  }
  return own;
}
