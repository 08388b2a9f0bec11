import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** 256 random bits, in letters that survive a URL. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a random secret: nobody who reads the database can use it. Salt and slowness are for what people think up. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

const KINDS = ['user', 'machine', 'link'] as const;

/** `user` and `machine` by whose account it is; `link` is for setting a password, once. */
export type TokenKind = (typeof KINDS)[number];

const TOKEN = /^plm_(user|machine|link)_([0-9a-f]{32})_([A-Za-z0-9_-]{43})([0-9a-f]{8})$/;

export interface ReadToken {
  readonly kind: TokenKind;
  /** uuid, public */
  readonly id: string;
  readonly secret: string;
}

/** `plm_<kind>_<id>_<secret><crc32>`: scanners of secrets know it by its beginning, and by its check sum that it is not just a text. */
export function formatToken({ kind, id, secret }: ReadToken): string {
  const text = `plm_${kind}_${id.replaceAll('-', '')}_${secret}`;
  return text + checksum(text);
}

/** Undefined for what was mistyped or cut off; no database is asked for those. */
export function parseToken(text: string): ReadToken | undefined {
  const [, kind, id = '', secret = '', sum] = TOKEN.exec(text) ?? [];
  const known = KINDS.find((one) => one === kind);
  if (known === undefined || checksum(text.slice(0, -8)) !== sum) return undefined;
  return { kind: known, id: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), secret };
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

const RECOVERY_CODES = 10;
/** Without letters that look like others. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Ten codes of 79 bits: `k7mq-3xzt-9abd-w2rs`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const letters = Array.from(randomBytes(96))
      .filter((byte) => byte < 8 * LETTERS.length)
      .slice(0, 16);
    return letters
      .map((byte) => LETTERS[byte % LETTERS.length])
      .join('')
      .replace(/(.{4})(?=.)/g, '$1-');
  });
}

/** Blanks, dashes and capitals do not matter. */
export function plainRecoveryCode(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
