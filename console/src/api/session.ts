import { call } from './api.ts';
import type { RequestOf } from './client.ts';
import { queryClient } from './queries.ts';

/** Starts a session; nothing that the one before saw stays in this browser. */
export async function signIn(credentials: RequestOf<'signIn'>['body']): Promise<void> {
  await call('signIn', { body: credentials });
  queryClient.clear();
}

export async function signOut(): Promise<void> {
  await call('signOut');
  queryClient.clear();
}
