import { entropyOf } from '../text/entropy.ts';
import type { Evidence, Verdict } from './verdict.ts';

const SEQUENCE = 0x30;
/** The smallest private keys (Ed25519 in PKCS #8) have 48 bytes. */
const SMALLEST = 46;

/**
 * A PEM block whose content is a DER sequence of the stated length, not encrypted (RFC 7468, RFC 1421 for the `DEK-Info` of older
 * ones). Keys shortened for documentation are refuted, as are texts that only speak of the markers.
 */
export function pemPrivateKey({ secret }: Evidence): Verdict {
  const body = /^-----BEGIN [A-Z0-9 ]{3,40}-----([\s\S]*?)-----END/.exec(secret)?.[1];
  if (body === undefined || /ENCRYPTED|DEK-Info/.test(body)) return 'refuted';
  const bytes = decoded(body);
  if (bytes.length < SMALLEST || bytes[0] !== SEQUENCE) return 'refuted';
  const { length, header } = derLength(bytes);
  return length + header <= bytes.length && length + header > bytes.length - 4 ? 'fits' : 'refuted';
}

function derLength(bytes: Buffer): { length: number; header: number } {
  const first = bytes[1] ?? 0;
  if (first < 0x80) return { length: first, header: 2 };
  const size = first & 0x7f;
  return size > 3
    ? { length: Number.POSITIVE_INFINITY, header: 2 }
    : { length: bytes.readUIntBE(2, size), header: 2 + size };
}

/** openssh-key-v1 with the cipher `none`. */
export function opensshPrivateKey({ secret }: Evidence): Verdict {
  const body = /^-----BEGIN [A-Z ]{3,40}-----([\s\S]*?)-----END/.exec(secret)?.[1] ?? '';
  const text = decoded(body).toString('latin1');
  return text.startsWith('openssh-key-v1\0\0\0\0\x04none') ? 'fits' : 'refuted';
}

/** Base64 in lines, in a quoted text with `\n`, or in lines that are quoted each. */
function decoded(body: string): Buffer {
  return Buffer.from(
    body.replace(/\\[nrt]|[\s"',\\+;.]/g, (part) => (part === '+' ? '+' : '')),
    'base64',
  );
}

/** Base64 of exactly so many bytes that are not all alike. */
export function base64Bytes(count: number) {
  return ({ secret }: Evidence): Verdict => {
    const bytes = Buffer.from(secret, 'base64');
    const isWhole = bytes.length === count && bytes.toString('base64') === secret;
    return isWhole && entropyOf(bytes.toString('latin1')) > 3.5 ? 'fits' : 'refuted';
  };
}

/** Access key ids of AWS that its documentation shows. */
export function awsKeyId({ secret }: Evidence): Verdict {
  return /EXAMPLE|QQQQQ|AAAAA/.test(secret) ? 'refuted' : 'fits';
}
