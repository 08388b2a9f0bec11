import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/**
 * Keeps secrets of settings (passwords and tokens that Plimsoll must be able to send) so that who reads the database cannot use them.
 * `use` binds a sealed text to its place: put elsewhere it does not open. What is only compared is hashed instead.
 */
export interface SecretBox {
  /** `v1:<key>:<nonce, text, tag in base64url>` */
  seal(text: string, use: string): string;
  /** Throws for what was sealed with another key, for another use, or altered. */
  open(sealed: string, use: string): string;
}

const NONCE = 12;
const TAG = 16;

/** AES-256-GCM with a key of 32 bytes. */
export function createSecretBox(key: Buffer): SecretBox {
  const keyId = createHash('sha256').update(key).digest('hex').slice(0, 8);
  return {
    seal(text, use) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(use));
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `v1:${keyId}:${sealed.toString('base64url')}`;
    },
    open(sealed, use) {
      const [version, id, content = ''] = sealed.split(':');
      if (version !== 'v1') throw new Error('a secret is kept in a form that this version does not know');
      if (id !== keyId) throw new Error('a secret was sealed with another key file than the one in use');
      const bytes = Buffer.from(content, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG });
      decipher.setAAD(Buffer.from(use)).setAuthTag(bytes.subarray(-TAG));
      return decipher.update(bytes.subarray(NONCE, -TAG), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}
