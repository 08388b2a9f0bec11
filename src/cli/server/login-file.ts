import { chmod, lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '#foundation/index.ts';

const login = z.object({
  /** `https://plimsoll.example` */
  server: z.string().max(2000),
  token: z.string().max(20_000),
  /** Of the token, when `plimsoll login` made it: `plimsoll logout` revokes it. */
  tokenId: z.string().max(100).optional(),
  plainHttp: z.boolean().optional(),
  caFile: z.string().max(4096).optional(),
});

export type Login = z.infer<typeof login>;

const MAX_BYTES = 64 * 1024;

/** `~/.config/plimsoll/login.json` */
export function loginFile(environment: NodeJS.ProcessEnv): string {
  return join(environment['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'plimsoll', 'login.json');
}

/** What was kept by `plimsoll login`; undefined when nothing was. A file that others may read is refused: they may have the token. */
export async function readLogin(file: string): Promise<Result<Login | undefined>> {
  try {
    const { mode, size } = await lstat(file);
    if ((mode & 0o077) !== 0)
      return err(`${file} may be read by others; take that away (chmod 600), and think of the token as known`);
    if (size > MAX_BYTES) return err(`${file} is not what plimsoll login wrote; log in again`);
    const read = login.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return read.success ? ok(read.data) : err(`${file} is not what plimsoll login wrote; log in again`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ok(undefined);
    return err(`${file} cannot be read: ${error instanceof SyntaxError ? 'it is no JSON' : String(error)}`);
  }
}

/** Keeps it for this user alone; what was there is replaced at once. */
export async function writeLogin(file: string, kept: Login): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const partial = `${file}.partial-${process.pid}`;
  await rm(partial, { force: true });
  await writeFile(partial, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  // The process may have a mask that takes more away, never less; this says what it is.
  await chmod(partial, 0o600);
  await rename(partial, file);
}

export async function removeLogin(file: string): Promise<void> {
  await rm(file, { force: true });
}
