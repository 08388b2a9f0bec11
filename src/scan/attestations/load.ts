import { open } from 'node:fs/promises';
import { err, ok, type Result } from '#foundation/index.ts';
import { type Attestation, parseAttestations } from './parse.ts';

const MAX_BYTES = 16 * 1024 * 1024;

/** Reads files of attestations. An error for the first that is none: who names a file wants it to count. */
export async function loadAttestations(paths: readonly string[]): Promise<Result<readonly Attestation[]>> {
  const attestations: Attestation[] = [];
  for (const path of paths) {
    const text = await readText(path);
    const parsed = text.ok ? parseAttestations(text.value, path) : text;
    if (!parsed.ok) return parsed;
    attestations.push(...parsed.value);
  }
  return ok(attestations);
}

async function readText(path: string): Promise<Result<string>> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > MAX_BYTES) return err(`${path} has more than ${MAX_BYTES} bytes: that is no attestation`);
      return ok(await file.readFile('utf8'));
    } finally {
      await file.close();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err(`${path} cannot be read: ${reason}`);
  }
}
