import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClearSigned } from './clear-signed.ts';
import type { TrustedKeys } from './keyrings.ts';

/** What is known of who made a release file. */
export type SignatureOutcome =
  | { readonly kind: 'good'; readonly fingerprint: string }
  /** A key that may not sign this, or content that was changed. */
  | { readonly kind: 'bad'; readonly reason: string }
  /** There was nothing to verify with: no program, no keyring, or not the key that signed. */
  | { readonly kind: 'unverified'; readonly reason: string };

interface Verifier {
  readonly program: string;
  readonly arguments: (files: VerifierFiles) => readonly string[];
  /** What the program printed, on either channel. */
  readonly read: (output: string) => Verdict;
}

interface VerifierFiles {
  readonly scratch: string;
  readonly keyring: string;
  readonly signature: string;
  readonly text: string;
}

interface Verdict {
  /** Fingerprints of the keys that made valid signatures; the primary key last where the signer is a subkey. */
  readonly signers: readonly (readonly string[])[];
  /** All signatures are by keys that the keyring does not have. */
  readonly keysMissing: boolean;
}

/** What apt itself uses: gpgv up to Debian 12 and on Ubuntu, sqv from Debian 13 on. The first that exists decides. */
const VERIFIERS: readonly Verifier[] = [
  {
    program: 'gpgv',
    arguments: ({ scratch, keyring, signature, text }) => [
      ...['--homedir', scratch, '--keyring', keyring, '--status-fd', '1'],
      ...[signature, text],
    ],
    read(output) {
      const lines = output.split('\n').filter((line) => line.startsWith('[GNUPG:] VALIDSIG '));
      const signers = lines.map((line) => {
        const [, , signer = '', , , , , , , , , primary = signer] = line.split(' ');
        return [signer, primary];
      });
      const judged = /^\[GNUPG:\] (?:VALIDSIG|BADSIG|EXPSIG|EXPKEYSIG|REVKEYSIG) /m.test(output);
      return { signers, keysMissing: !judged && output.includes('[GNUPG:] NO_PUBKEY ') };
    },
  },
  {
    program: 'sqv',
    arguments: ({ keyring, signature, text }) => ['--keyring', keyring, signature, text],
    read(output) {
      const signers = (output.match(/^[0-9A-F]{40,64}$/gm) ?? []).map((fingerprint) => [fingerprint]);
      const judged = signers.length > 0 || /manipulated|expired|revoked/i.test(output);
      return { signers, keysMissing: !judged && /missing key/i.test(output) };
    },
  },
];

const TIMEOUT_MS = 20_000;
const MAX_OUTPUT_BYTES = 1 << 20;

/** Verifies that one of the keys signed the text. */
export async function verifySignature(
  message: ClearSigned,
  keys: TrustedKeys | undefined,
  signal: AbortSignal,
): Promise<SignatureOutcome> {
  if (keys === undefined)
    return {
      kind: 'unverified',
      reason:
        "the archive's keyring is not on this machine (on Debian it comes with debian-archive-keyring, on Ubuntu with ubuntu-keyring)",
    };
  const scratch = await mkdtemp(join(tmpdir(), 'plimsoll-verify-'));
  const files = {
    scratch,
    keyring: join(scratch, 'keyring.gpg'),
    signature: join(scratch, 'signature.asc'),
    text: join(scratch, 'text'),
  };
  try {
    await Promise.all([
      writeFile(files.keyring, keys.material),
      writeFile(files.signature, message.signature),
      writeFile(files.text, message.text),
    ]);
    for (const verifier of VERIFIERS) {
      const output = await run(verifier.program, verifier.arguments(files), signal);
      if (output !== undefined) return judge(verifier.read(output), keys);
    }
    return { kind: 'unverified', reason: 'neither gpgv nor sqv is on this machine; install one of them' };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** One valid signature by a trusted key is enough, as it is for apt: archives sign with several, of which we have some. */
function judge({ signers, keysMissing }: Verdict, { fingerprints, chosen }: TrustedKeys): SignatureOutcome {
  for (const names of signers) {
    const allowed = fingerprints?.some((wanted) => names.some((name) => name.endsWith(wanted))) ?? true;
    if (allowed) return { kind: 'good', fingerprint: names.at(-1) ?? '' };
  }
  if (keysMissing && !chosen) return { kind: 'unverified', reason: 'the key that signed them is not on this machine' };
  return { kind: 'bad', reason: 'no key that may sign them made a valid signature' };
}

/** What the program prints on either channel, whatever its exit status; undefined when there is no such program. */
function run(program: string, args: readonly string[], signal: AbortSignal): Promise<string | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], signal, timeout: TIMEOUT_MS });
  const output: Buffer[] = [];
  let size = 0;
  for (const channel of [child.stdout, child.stderr]) {
    channel.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_OUTPUT_BYTES) child.kill();
      else output.push(chunk);
    });
  }
  child.on('error', (error) => {
    if ('code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')) resolve(undefined);
    else reject(error);
  });
  child.on('close', () => resolve(Buffer.concat(output).toString()));
  return promise;
}
