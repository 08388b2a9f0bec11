import { err, ok, type Result } from '#foundation/index.ts';

/** A content digest as OCI writes it, e.g. `sha256:9f86d0…` (lower-case hexadecimal). */
export type Digest = `${DigestAlgorithm}:${string}`;
export type DigestAlgorithm = 'sha256' | 'sha512';

const HEX_LENGTH: Record<DigestAlgorithm, number> = { sha256: 64, sha512: 128 };

/** Reads a digest. Only the registered algorithms are accepted; anything else could become a file name or a URL part. */
export function parseDigest(text: string): Result<Digest> {
  const [algorithm = '', hex = '', ...rest] = text.split(':');
  const length = HEX_LENGTH[algorithm as DigestAlgorithm];
  if (rest.length > 0 || length === undefined || hex.length !== length || !/^[0-9a-f]+$/.test(hex)) {
    return err(`not a digest (sha256:… or sha512:… in lower-case hexadecimal): ${text.slice(0, 160)}`);
  }
  return ok(text as Digest);
}

export function digestAlgorithm(digest: Digest): DigestAlgorithm {
  return digest.slice(0, digest.indexOf(':')) as DigestAlgorithm;
}

export function digestHex(digest: Digest): string {
  return digest.slice(digest.indexOf(':') + 1);
}
