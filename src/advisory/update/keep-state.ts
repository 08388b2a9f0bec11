import { copyFileSync, linkSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '#foundation/index.ts';
import { readManifest, writeManifest } from '../database/manifest.ts';
import { removeUnlisted } from './leftovers.ts';

/**
 * Keeps the state of a database in another directory, so that later states can be compared with it. Shards never change, so they are
 * linked, not copied, where the file system can do that. The manifest goes last: a crash leaves the state that was kept before.
 */
export function keepState(directory: string, kept: string): Result<void> {
  const manifest = readManifest(directory);
  if (!manifest.ok) return manifest;
  try {
    mkdirSync(kept, { recursive: true });
    const there = new Set(readdirSync(kept));
    for (const { file } of manifest.value) if (!there.has(file)) link(join(directory, file), join(kept, file));
    writeManifest(kept, manifest.value);
    removeUnlisted(kept, manifest.value);
    return ok(undefined);
  } catch (error) {
    return err(`the state of the advisory database cannot be kept in ${kept}: ${String(error)}`);
  }
}

function link(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
