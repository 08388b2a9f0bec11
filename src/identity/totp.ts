import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const STEP_S = 30;
const DIGITS = 6;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code of a counter (RFC 4226): the last 31 bits at an offset that the hash itself names. */
export function hotp(secret: Buffer, counter: number, digits = DIGITS, algorithm = 'sha1'): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(counter));
  const hash = createHmac(algorithm, secret).update(bytes).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits).padStart(digits, '0');
}

/** Which step of time a code is of (RFC 6238), 30 s before and after allowed for clocks; undefined when it is wrong. */
export function totpStep(secret: Buffer, code: string, at: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const now = Math.floor(at.getTime() / 1000 / STEP_S);
  return [now - 1, now, now + 1].find((step) => timingSafeEqual(Buffer.from(hotp(secret, step)), Buffer.from(code)));
}

/** As long as the hash (RFC 4226, section 4). */
export function newTotpSecret(): Buffer {
  return randomBytes(20);
}

/** What an authenticator app reads from a QR code. */
export function totpUri(secret: Buffer, account: string): string {
  return `otpauth://totp/Plimsoll:${encodeURIComponent(account)}?secret=${base32(secret)}&issuer=Plimsoll`;
}

/** RFC 4648 without padding, as authenticator apps want it. */
export function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}
