/** Suites that today's clients need, none of which is known to be weak. */
const STRONG = /^TLS_(?:AES_|CHACHA20_|ECDHE_(?:RSA|ECDSA)_WITH_(?:AES_(?:128|256)_GCM|CHACHA20))/;

export function isStrongCipher(suite: string): boolean {
  return STRONG.test(suite);
}
