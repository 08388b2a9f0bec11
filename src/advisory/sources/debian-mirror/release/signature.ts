import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrustedKeys } from './keyrings.ts';

/**
 * What is known of who made a release file. `text` is what the verifying program says was signed, which is the only text
 * to read when there is one.
 */
export type SignatureOutcome =
  | { readonly kind: 'good'; readonly fingerprint: string; readonly text: string }
  /** A key that may not sign this, or content that was changed. */
  | { readonly kind: 'bad'; readonly reason: string }
  /** There was nothing to verify with. */
  | { readonly kind: 'unverified'; readonly reason: string };

const TIMEOUT_MS = 20_000;
const MAX_OUTPUT_BYTES = 16 << 20;

/** Verifies a clear-signed `InRelease` with gpgv. Scratch files go below `directory` and are removed again. */
export async function verifyClearSigned(
  message: Buffer,
  keys: TrustedKeys | undefined,
  directory: string,
  signal: AbortSignal,
): Promise<SignatureOutcome> {
  if (keys === undefined) return { kind: 'unverified', reason: "the distribution's keyring is not on this machine" };
  const scratch = join(directory, `verify-${randomUUID()}`);
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  try {
    const keyring = join(scratch, 'keyring.gpg');
    const signed = join(scratch, 'InRelease');
    await Promise.all([writeFile(keyring, keys.material), writeFile(signed, message)]);
    const run = await runGpgv(
      ['--homedir', scratch, '--keyring', keyring, '--status-fd', '2', '--output', '-', signed],
      signal,
    );
    if (run === undefined) return { kind: 'unverified', reason: 'the program gpgv is not on this machine' };
    return judge(run.status, run.output, keys);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** One good signature by a key of the keyring is enough, as it is for apt; signatures by keys we do not have are normal. */
function judge(status: string, text: string, keys: TrustedKeys): SignatureOutcome {
  const lines = status.split('\n').filter((line) => line.startsWith('[GNUPG:] '));
  if (lines.some((line) => line.startsWith('[GNUPG:] BADSIG '))) {
    return { kind: 'bad', reason: 'the signature does not fit the content: it was changed on the way' };
  }
  for (const line of lines) {
    const [, word, fingerprint = '', , , , , , , , , primary = ''] = line.split(' ');
    if (word !== 'VALIDSIG') continue;
    const allowed = keys.fingerprints;
    const fits = (wanted: string): boolean => fingerprint.endsWith(wanted) || primary.endsWith(wanted);
    if (allowed === undefined || allowed.some(fits)) return { kind: 'good', fingerprint: primary || fingerprint, text };
  }
  return { kind: 'bad', reason: 'no key of the keyring made a valid signature' };
}

/** Undefined when the program does not exist. */
function runGpgv(
  args: readonly string[],
  signal: AbortSignal,
): Promise<{ status: string; output: string } | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: string; output: string } | undefined>();
  const child = spawn('gpgv', args, { stdio: ['ignore', 'pipe', 'pipe'], signal, timeout: TIMEOUT_MS });
  const output: Buffer[] = [];
  const status: Buffer[] = [];
  let size = 0;
  const collect = (into: Buffer[]) => (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_OUTPUT_BYTES) child.kill();
    else into.push(chunk);
  };
  child.stdout.on('data', collect(output));
  child.stderr.on('data', collect(status));
  child.on('error', (error) => {
    if ('code' in error && error.code === 'ENOENT') resolve(undefined);
    else reject(error);
  });
  child.on('close', () =>
    resolve({ status: Buffer.concat(status).toString(), output: Buffer.concat(output).toString() }),
  );
  return promise;
}
