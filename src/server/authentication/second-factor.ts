import type { ServerContext } from '../route.ts';

/** The secret that an authenticator app has too, as it may be kept. */
export function sealTotp({ secrets }: ServerContext, account: string, secret: Buffer): string {
  return secrets.seal(secret.toString('base64url'), useOf(account));
}

export function openTotp({ secrets }: ServerContext, account: string, sealed: string): Buffer {
  return Buffer.from(secrets.open(sealed, useOf(account)), 'base64url');
}

/** Bound to its account: moved to another one in the database, it does not open. */
function useOf(account: string): string {
  return `totp of ${account}`;
}
