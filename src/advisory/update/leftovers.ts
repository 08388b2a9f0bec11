import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../database/manifest.ts';

/** Shards that no manifest names: of earlier states, or of an update that was killed. Readers that opened them keep them. */
export function removeUnlisted(directory: string, manifest: Manifest): void {
  const listed = new Set(manifest.map((entry) => entry.file));
  for (const name of readdirSync(directory)) {
    if (name.endsWith('.shard') && !listed.has(name)) remove(join(directory, name));
  }
}

/** The folder for what is not finished, cleared of what a killed writer left; unfinished downloads stay to be continued. */
export function prepareStaging(directory: string): void {
  const staging = join(directory, 'staging');
  mkdirSync(staging, { recursive: true });
  for (const name of readdirSync(staging)) {
    if (!name.includes('.document.partial')) remove(join(staging, name));
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A platform that cannot remove open files keeps it until the next writer comes.
  }
}
