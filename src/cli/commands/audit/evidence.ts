import { open, writeFile } from 'node:fs/promises';
import { dockerAddress, firstSocket } from '#artifact/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import { collectEvidence, type Evidence, parseEvidence, renderEvidence } from '#posture/index.ts';

const MAX_BYTES = 512 * 1024 * 1024;

/** Of this machine. @param host also what only checks of the host ask about, which takes longest */
export async function liveEvidence(host: boolean, signal: AbortSignal): Promise<Evidence> {
  const runtime = process.env['XDG_RUNTIME_DIR'];
  const podman = ['/run/podman/podman.sock', ...(runtime ? [`${runtime}/podman/podman.sock`] : [])];
  return collectEvidence({
    root: '/',
    docker: await dockerAddress(process.env),
    podman: await firstSocket(podman),
    now: new Date().toISOString(),
    host,
    signal,
  });
}

/** Of the machine whose evidence was saved in a file. */
export async function savedEvidence(path: string): Promise<Result<Evidence>> {
  const text = await readWhole(path, ' as evidence');
  return text.ok ? parseEvidence(text.value, path) : text;
}

/** @param what follows in the message about a file that is too large */
export async function readWhole(path: string, what = ''): Promise<Result<string>> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > MAX_BYTES) return err(`${path} has ${size} bytes; more than ${MAX_BYTES} are not read${what}`);
      return ok(await file.readFile('utf8'));
    } finally {
      await file.close();
    }
  } catch (error) {
    return err(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** It tells how the machine could be attacked: for its owner's eyes. */
export async function saveEvidence(path: string, evidence: Evidence): Promise<void> {
  await writeFile(path, renderEvidence(evidence), { mode: 0o600 });
}
