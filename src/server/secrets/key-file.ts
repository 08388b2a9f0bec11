import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { err, ok, type Result } from '#foundation/index.ts';

const KEY_BYTES = 32;

/** Reads the key of secrets at rest: 32 bytes in base64 on one line. Makes it when it is missing and `make` is set. Errors are whole sentences. */
export async function readKeyFile(path: string, make: boolean): Promise<Result<Buffer>> {
  try {
    if (make) await makeOnce(path);
    const { mode, size } = await stat(path);
    if ((mode & 0o077) !== 0)
      return err(`Others than its owner can read the key file ${path}; take that from them (chmod 600).`);
    const key = size > 200 ? Buffer.alloc(0) : Buffer.from(await readFile(path, 'utf8'), 'base64');
    if (key.length === KEY_BYTES) return ok(key);
    return err(`The key file ${path} does not hold 32 bytes in base64; restore it from your backup.`);
  } catch (error) {
    return err(`The key file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** Whole or not at all: several processes may start at once, and a key that was cut off by a crash would lose all secrets later. */
async function makeOnce(path: string): Promise<void> {
  if (
    await stat(path).then(
      () => true,
      () => false,
    )
  )
    return;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(fresh, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flush: true });
  try {
    await link(fresh, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await unlink(fresh);
  }
}
