import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { err, ok, type Result } from '#foundation/index.ts';

/** What an issuer says of whoever holds its token. Members are claims; those that are texts can be matched. */
const claims = z.looseObject({
  iss: z.string().max(500),
  sub: z.string().max(2000),
  aud: z.union([z.string().max(500), z.array(z.string().max(500)).max(20)]),
  exp: z.number(),
  nbf: z.number().optional(),
  iat: z.number().optional(),
});

export type Claims = z.infer<typeof claims>;

/** The only ones that are taken, each with the one kind of key that it works with: `none` and mixed-up keys are old attacks (RFC 8725). */
const ALGORITHMS: ReadonlyMap<string, { readonly keyType: string; readonly curve?: string }> = new Map([
  ['RS256', { keyType: 'rsa' }],
  ['ES256', { keyType: 'ec', curve: 'prime256v1' }],
]);

const header = z.object({ alg: z.string(), kid: z.string().max(500).optional(), crit: z.never().optional() });

export interface ReadWebToken {
  readonly algorithm: string;
  readonly keyId: string | undefined;
  /** Not to be believed before `isSignedBy` says so. */
  readonly claims: Claims;
  readonly signed: string;
  readonly signature: Buffer;
}

/** Three parts in base64url (RFC 7515, compact form). */
export function readWebToken(token: string): Result<ReadWebToken> {
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  const readHead = header.safeParse(documentOf(head));
  const readBody = claims.safeParse(documentOf(body));
  if (more.length > 0 || !readHead.success || !readBody.success)
    return err('The token is not a JSON Web Token of an issuer.');
  const { alg, kid } = readHead.data;
  if (!ALGORITHMS.has(alg)) return err('The token is not signed with RS256 or ES256.');
  return ok({
    algorithm: alg,
    keyId: kid,
    claims: readBody.data,
    signed: `${head}.${body}`,
    signature: Buffer.from(signature, 'base64url'),
  });
}

function documentOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A public key of an issuer (RFC 7517). */
export interface IssuerKey {
  readonly id: string | undefined;
  readonly key: KeyObject;
}

const keyDocument = z.looseObject({
  kty: z.enum(['RSA', 'EC']),
  kid: z.string().max(500).optional(),
  use: z.literal('sig').optional(),
});
const keySet = z.object({ keys: z.array(z.unknown()).max(100) });

const MIN_RSA_BITS = 2048;

/** Those of the set that can verify; others are left out. */
export function readKeys(document: unknown): readonly IssuerKey[] {
  const set = keySet.safeParse(document);
  return set.success ? set.data.keys.flatMap(readKey) : [];
}

function readKey(document: unknown): IssuerKey[] {
  const read = keyDocument.safeParse(document);
  if (!read.success) return [];
  try {
    const key = createPublicKey({ key: read.data, format: 'jwk' });
    const isShort = key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) < MIN_RSA_BITS;
    return isShort ? [] : [{ id: read.data.kid, key }];
  } catch {
    return [];
  }
}

export function isSignedBy({ algorithm, signed, signature }: ReadWebToken, { key }: IssuerKey): boolean {
  const needed = ALGORITHMS.get(algorithm);
  if (needed === undefined || key.asymmetricKeyType !== needed.keyType) return false;
  if (needed.curve !== undefined && key.asymmetricKeyDetails?.namedCurve !== needed.curve) return false;
  return verify('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }, signature);
}

const LEEWAY_S = 60;

/** Why a token is not good at this time, as a sentence. */
export function timeProblem({ exp, nbf, iat }: Claims, now: Date): string | undefined {
  const seconds = now.getTime() / 1000;
  if (exp + LEEWAY_S <= seconds) return 'The token is over.';
  if ((nbf ?? 0) - LEEWAY_S > seconds || (iat ?? 0) - LEEWAY_S > seconds)
    return 'The token is from the future; compare the clocks of both machines.';
  return undefined;
}
