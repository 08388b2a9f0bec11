import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { z } from 'zod';
import {
  addChallenge,
  addPasskey,
  listPasskeys,
  lockPasskey,
  notePasskeyUse,
  type Query,
  takeChallenge,
} from '#storage/index.ts';
import { RequestProblem } from '../request-problem.ts';
import type { ServerContext } from '../route.ts';
import { relyingParty } from './relying-party.ts';

/** Loaded with the first passkey: it takes longer than the rest of the server together. */
const library = () => import('@simplewebauthn/server');

/** EdDSA, ES256 and RS256 (COSE): what authenticators have. */
const ALGORITHMS = [-8, -7, -257];
const LIFE_MS = 5 * 60_000;
const MAX_PASSKEYS = 20;
const REGISTER = 'passkey-registration';
const SIGN_IN = 'passkey-sign-in';

const encoded = z
  .string()
  .min(1)
  .max(20_000)
  .regex(/^[A-Za-z0-9_-]+$/);
const transports = z.array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])).max(10);
const common = {
  id: encoded,
  rawId: encoded,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
};

/** What `navigator.credentials.create` gives, as JSON. */
export const registrationResponse = z.object({
  ...common,
  response: z.object({ clientDataJSON: encoded, attestationObject: encoded, transports: transports.optional() }),
});

/** What `navigator.credentials.get` gives, as JSON. */
export const assertionResponse = z.object({
  ...common,
  response: z.object({
    clientDataJSON: encoded,
    authenticatorData: encoded,
    signature: encoded,
    userHandle: encoded.optional(),
  }),
});

interface Asked<Options> {
  /** To be given back with the response, once, within five minutes. */
  readonly challenge: string;
  readonly options: Options;
}

/** What a browser needs to make a passkey for the account. */
export async function askForNewPasskey(
  { query, now, origin }: ServerContext,
  account: { readonly account: string; readonly name: string },
): Promise<Asked<PublicKeyCredentialCreationOptionsJSON>> {
  const party = relyingParty(origin());
  const known = await listPasskeys(query, account.account);
  if (known.length >= MAX_PASSKEYS)
    throw new RequestProblem(409, 'too-many-passkeys', `There are ${MAX_PASSKEYS} passkeys; remove one first.`);
  const { generateRegistrationOptions } = await library();
  const options = await generateRegistrationOptions({
    rpName: 'Plimsoll',
    rpID: party.id,
    userName: account.name,
    userID: new Uint8Array(Buffer.from(account.account)),
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known.map(({ credential }) => ({ id: credential })),
  });
  const expiresAt = new Date(now().getTime() + LIFE_MS);
  const data = { challenge: options.challenge };
  const challenge = await addChallenge(query, { purpose: REGISTER, data, account: account.account, expiresAt }, now());
  return { challenge, options };
}

export interface NewPasskey {
  readonly account: string;
  readonly name: string;
  readonly challenge: string;
  readonly response: z.infer<typeof registrationResponse>;
}

/** Keeps it; its id. In a transaction. */
export async function keepPasskey(query: Query, passkey: NewPasskey, context: ServerContext): Promise<string> {
  const { account, name, challenge, response } = passkey;
  const { now, origin } = context;
  // Not in the transaction: it is used up also when what follows fails.
  const taken = await takeChallenge(context.query, { id: challenge, purpose: REGISTER, account }, now());
  if (taken === undefined) throw wrong('The question was answered before or is over; begin again.');
  const party = relyingParty(origin());
  const { verifyRegistrationResponse } = await library();
  const verified = await attempt(() =>
    verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: taken['challenge'] ?? '',
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  if (!verified?.verified) throw wrong('The answer of the authenticator does not fit; begin again.');
  const { credential } = verified.registrationInfo;
  const id = await addPasskey(query, {
    account,
    name,
    credential: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: response.response.transports ?? [],
    createdAt: now(),
  });
  if (id === undefined) throw new RequestProblem(409, 'passkey-known', 'This passkey is kept here already.');
  return id;
}

/** What a browser needs to sign somebody in; the authenticator says who it is. */
export async function askForPasskey({
  query,
  now,
  origin,
}: ServerContext): Promise<Asked<PublicKeyCredentialRequestOptionsJSON>> {
  const party = relyingParty(origin());
  const { generateAuthenticationOptions } = await library();
  const options = await generateAuthenticationOptions({ rpID: party.id, userVerification: 'required' });
  const expiresAt = new Date(now().getTime() + LIFE_MS);
  const data = { challenge: options.challenge };
  return { challenge: await addChallenge(query, { purpose: SIGN_IN, data, expiresAt }, now()), options };
}

/** Whose passkey answered. Having it and showing to it who one is are two factors: no other is asked for. In a transaction. */
export async function verifyPasskey(
  query: Query,
  { challenge, response }: { readonly challenge: string; readonly response: z.infer<typeof assertionResponse> },
  context: ServerContext,
): Promise<{ readonly id: string; readonly name: string }> {
  const { now, origin } = context;
  const taken = await takeChallenge(context.query, { id: challenge, purpose: SIGN_IN }, now());
  const passkey = taken && (await lockPasskey(query, response.id));
  if (taken === undefined || passkey === undefined) throw notSignedIn();
  const party = relyingParty(origin());
  const { verifyAuthenticationResponse } = await library();
  const verified = await attempt(() =>
    verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON,
      expectedChallenge: taken['challenge'] ?? '',
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: { id: passkey.credential, publicKey: new Uint8Array(passkey.publicKey), counter: passkey.counter },
      requireUserVerification: true,
    }),
  );
  if (!verified?.verified) throw notSignedIn();
  await notePasskeyUse(query, passkey.id, verified.authenticationInfo.newCounter, now());
  return { id: passkey.account, name: passkey.accountName };
}

/** The library throws for what does not fit; why exactly is for no stranger to know. */
function attempt<T>(verify: () => Promise<T>): Promise<T | undefined> {
  return verify().catch(() => undefined);
}

function wrong(detail: string): RequestProblem {
  return new RequestProblem(400, 'wrong-passkey', detail);
}

function notSignedIn(): RequestProblem {
  return new RequestProblem(401, 'wrong-credentials', 'This passkey does not sign you in here; begin again.');
}
