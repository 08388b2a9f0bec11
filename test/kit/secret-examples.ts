import { createHash } from 'node:crypto';
import { base62Checksum, grafanaChecksum, withBech32Checksum } from '#secrets/evidence/checksums.ts';

/**
 * Fills the templates in the examples of secret rules: `dop_v1_{hex:64}`. What looks like a real secret must not be written down: code
 * hosts refuse to take it and scanners report it. The same template and seed give the same text in every run.
 */
export function fillTemplate(template: string, seed: string): string {
  const source = new CharacterSource(seed);
  return template.replace(/\{([a-z][a-z0-9-]*)(?::([^{}]*))?\}/gi, (whole, kind: string, argument: string = '') => {
    return made(source, kind, argument) ?? whole;
  });
}

const digits = '0123456789';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();

const alphabets: ReadonlyMap<string, string> = new Map([
  ['digit', digits],
  ['hex', `${digits}abcdef`],
  ['upper-hex', `${digits}ABCDEF`],
  ['lower', lower],
  ['upper', upper],
  ['letter', lower + upper],
  ['lower-alnum', lower + digits],
  ['upper-alnum', upper + digits],
  ['alnum', lower + upper + digits],
  ['base64', `${lower}${upper}${digits}+/`],
  ['base64url', `${lower}${upper}${digits}-_`],
  ['base32', `${upper}234567`],
  ['lower-base32', `${lower}234567`],
]);

function made(source: CharacterSource, kind: string, argument: string): string | undefined {
  const alphabet = alphabets.get(kind);
  if (alphabet !== undefined) return source.draw(alphabet, Number(argument));
  if (kind.startsWith('same-')) return kind.slice(5).repeat(Number(argument));
  return makers.get(kind)?.(source, argument);
}

type Maker = (source: CharacterSource, argument: string) => string;

const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['uuid', (source) => [8, 4, 4, 4, 12].map((length) => source.draw(`${digits}abcdef`, length)).join('-')],
  [
    'password',
    (source) => `${source.draw(upper, 2)}${source.draw(digits, 2)}!${source.draw(lower, 5)}-${source.draw(digits, 2)}`,
  ],
  ['base64-bytes', (source, count) => source.bytes(Number(count)).toString('base64')],
  ['base64-credentials', (source) => Buffer.from(`deploy:${made(source, 'password', '')}`).toString('base64')],
  ['checksum-base62', checksummed],
  ['checksum-grafana', grafanaToken],
  [
    'age',
    (source) =>
      withBech32Checksum('age-secret-key-', source.draw('qpzry9x8gf2tvdw0s3jn54khce6mua7l', 52)).toUpperCase(),
  ],
  ['jwt', (source) => jwt(source, { sub: source.draw(lower, 8), iss: 'https://id.corp.net' })],
  ['jwt-example', (source) => jwt(source, { sub: '1234567890', name: 'John Doe' })],
  ['pem', (source, label) => pem(source, label, '\n')],
  ['pem-escaped', (source, label) => pem(source, label, '\\n')],
  ['base64-pem', (source, label) => Buffer.from(pem(source, label, '\n')).toString('base64')],
  ['openssh', openssh],
]);

function checksummed(source: CharacterSource, prefix: string): string {
  const body = source.draw(`${digits}${upper}${lower}`, 30);
  return `${prefix}${body}${base62Checksum(body)}`;
}

function grafanaToken(source: CharacterSource): string {
  const token = `glsa_${source.draw(`${digits}${upper}${lower}`, 32)}`;
  return `${token}_${grafanaChecksum(token)}`;
}

function jwt(source: CharacterSource, claims: object): string {
  const parts = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return `${parts.join('.')}.${source.draw(`${lower}${upper}${digits}`, 43)}`;
}

/** A sequence of the right length; no key of any algorithm. */
function pem(source: CharacterSource, label: string, newline: string): string {
  const content = source.bytes(600);
  const header = Buffer.from([0x30, 0x82, content.length >> 8, content.length & 0xff]);
  return armoured(label, Buffer.concat([header, content]), newline);
}

function openssh(source: CharacterSource, state: string): string {
  const cipher = state === 'encrypted' ? 'aes256-ctr' : 'none';
  const head = Buffer.from(
    `openssh-key-v1\0\0\0\0${String.fromCharCode(cipher.length)}${cipher}\0\0\0\x04none`,
    'latin1',
  );
  return armoured('OPENSSH PRIVATE KEY', Buffer.concat([head, source.bytes(300)]), '\n');
}

function armoured(label: string, bytes: Buffer, newline: string): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join(newline);
}

/** Characters that seem drawn by lot and are not: a chain of hashes. */
class CharacterSource {
  #block: Buffer;
  #at = 0;

  constructor(seed: string) {
    this.#block = createHash('sha256').update(seed).digest();
  }

  draw(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet[this.#next() % alphabet.length]).join('');
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.#next() & 0xff));
  }

  #next(): number {
    if (this.#at + 2 > this.#block.length) {
      this.#block = createHash('sha256').update(this.#block).digest();
      this.#at = 0;
    }
    this.#at += 2;
    return this.#block.readUInt16BE(this.#at - 2);
  }
}
