/** The two halves of a clear-signed message. */
export interface ClearSigned {
  /** Exactly what the signature is over. */
  readonly text: string;
  /** The armoured signature block. */
  readonly signature: string;
}

const BEGIN_MESSAGE = '-----BEGIN PGP SIGNED MESSAGE-----';
const BEGIN_SIGNATURE = '-----BEGIN PGP SIGNATURE-----';
const END_SIGNATURE = '-----END PGP SIGNATURE-----';

/**
 * Splits a clear-signed message (RFC 9580, section 7) without saying that its signature is good. Only what stands between
 * the armour lines is signed: anything before or after is ignored, so nobody can smuggle text past the signature.
 */
export function splitClearSigned(message: string): ClearSigned | undefined {
  const lines = message.split(/\r?\n/);
  const begin = lines.indexOf(BEGIN_MESSAGE);
  if (begin < 0) return undefined;
  const headerEnd = lines.indexOf('', begin);
  const middle = lines.indexOf(BEGIN_SIGNATURE, begin);
  const end = lines.indexOf(END_SIGNATURE, middle);
  if (headerEnd < 0 || middle < headerEnd || end < middle) return undefined;
  // The signature leaves out trailing white space and the last line's end; lines that begin with a dash are marked.
  const text = lines
    .slice(headerEnd + 1, middle)
    .map((line) => (line.startsWith('- ') ? line.slice(2) : line).trimEnd())
    .join('\n');
  return { text, signature: `${lines.slice(middle, end + 1).join('\n')}\n` };
}
