import { access, readFile, stat } from 'node:fs/promises';
import type { AptConfiguration } from '../apt/configuration.ts';
import type { SignedBy } from '../apt/source-entry.ts';

const MAX_KEYRING_BYTES = 4 << 20;

/** Keyrings that the distributions' own packages install. */
const VENDOR_KEYRINGS = {
  debian: ['/usr/share/keyrings/debian-archive-keyring.gpg', '/usr/share/keyrings/debian-archive-keyring.pgp'],
  ubuntu: ['/usr/share/keyrings/ubuntu-archive-keyring.gpg'],
} as const;

/** Keys that may sign a suite: concatenated binary key material, and fingerprints when only some of the keys may. */
export interface TrustedKeys {
  readonly material: Buffer;
  readonly fingerprints?: readonly string[];
  /** The configuration names them for this repository; a signature by any other key is then no signature. */
  readonly chosen: boolean;
}

/** Collects the keys for a repository. Undefined: this machine has none, so nothing can be verified. */
export async function trustedKeys(
  vendor: 'debian' | 'ubuntu',
  signedBy: SignedBy | undefined,
  apt: AptConfiguration,
): Promise<TrustedKeys | undefined> {
  if (signedBy?.kind === 'block') {
    const material = dearmour(signedBy.armour);
    return material.length > 0 ? { material, chosen: true } : undefined;
  }
  const paths = signedBy?.kind === 'files' ? signedBy.paths : await defaultKeyrings(vendor, apt);
  const parts = await Promise.all(paths.map(readKeyring));
  const material = Buffer.concat(parts);
  if (material.length === 0) return undefined;
  return {
    material,
    chosen: signedBy !== undefined,
    ...(signedBy?.kind === 'fingerprints' && { fingerprints: signedBy.fingerprints }),
  };
}

async function defaultKeyrings(vendor: 'debian' | 'ubuntu', apt: AptConfiguration): Promise<readonly string[]> {
  // The vendor's own keyring suffices where it is; what else apt trusts are other people's keys.
  for (const path of VENDOR_KEYRINGS[vendor]) {
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return [path];
  }
  return apt.trustedKeyrings;
}

async function readKeyring(path: string): Promise<Buffer> {
  const info = await stat(path).catch(() => undefined);
  if (!info?.isFile() || info.size > MAX_KEYRING_BYTES) return Buffer.alloc(0);
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  return bytes.subarray(0, 64).includes('-----BEGIN PGP') ? dearmour(bytes.toString('latin1')) : bytes;
}

/** The packets inside all armoured blocks of a text. Checksums are not looked at: a damaged key verifies nothing. */
export function dearmour(text: string): Buffer {
  const parts: Buffer[] = [];
  let body: string[] | undefined;
  let inHeaders = false;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line.startsWith('-----BEGIN PGP')) {
      body = [];
      inHeaders = true;
    } else if (line.startsWith('-----END PGP')) {
      if (body) parts.push(Buffer.from(body.join(''), 'base64'));
      body = undefined;
    } else if (body && inHeaders) {
      if (line === '') inHeaders = false;
      else if (!line.includes(': ')) {
        inHeaders = false;
        body.push(line);
      }
    } else if (body && !line.startsWith('=')) {
      body.push(line);
    }
  }
  return Buffer.concat(parts);
}
