const WORDS: ReadonlyMap<string, string> = new Map([
  ['account-disabled', 'Your account here is disabled; ask an administrator.'],
  ['no-account', 'There is no account for you here; ask an administrator.'],
  ['name-taken', 'There is another account of your name here; ask an administrator.'],
  ['provider-unreachable', 'Your identity provider cannot be reached now; try again, or sign in another way.'],
  ['wrong-sign-in', 'The sign-in with your identity provider did not go through; try again.'],
]);

/** Why a sign-in by an identity provider failed: only our own words, as anybody can write a link with others. */
export function failure(code: string): string {
  return WORDS.get(code) ?? 'The sign-in did not go through; try again.';
}
