import { call } from './api.ts';
import type { RequestOf } from './client.ts';
import { queryClient } from './queries.ts';

/** Starts a session; nothing that the one before saw stays in this browser. */
export async function signIn(credentials: RequestOf<'signIn'>['body']): Promise<void> {
  await call('signIn', { body: credentials });
  queryClient.clear();
}

/** Signs in with a passkey that the browser asks for. Throws what the browser says when nobody chose one. */
export async function signInWithPasskey(): Promise<void> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const { challenge, options } = await call('beginPasskeySignIn');
  const response = await startAuthentication({ optionsJSON: options });
  await call('signInWithPasskey', { body: { challenge, response: { ...response, clientExtensionResults: {} } } });
  queryClient.clear();
}

export async function signOut(): Promise<void> {
  await call('signOut');
  queryClient.clear();
}
