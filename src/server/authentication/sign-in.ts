import { hashSecret, plainRecoveryCode, totpStep, verifyPassword } from '#identity/index.ts';
import { type Credentials, findCredentials, useRecoveryCode, useTotpStep } from '#storage/index.ts';
import { RequestProblem } from '../request-problem.ts';
import type { ServerContext } from '../route.ts';
import { openTotp } from './second-factor.ts';
import { admitAttempt, forgiveAttempt } from './sign-in-limits.ts';

export interface SignIn {
  readonly name: string;
  readonly password: string;
  /** Of the authenticator app, or a recovery code; only asked for when the account has a second factor. */
  readonly code?: string | undefined;
  readonly address: string;
}

/** The account whose password and second factor these are. Throws otherwise, the same for a name that there is not. */
export async function verifySignIn(context: ServerContext, signIn: SignIn): Promise<Credentials> {
  const { query } = context;
  await admitAttempt(query, signIn, context.now());
  const found = await findCredentials(query, { name: signIn.name });
  const isRight = await verifyPassword(signIn.password, found?.password);
  if (!found || !isRight) throw wrong();
  if (found.totpSecret !== null) await verifySecondFactor(context, found, found.totpSecret, signIn.code);
  await forgiveAttempt(query, signIn, context.now());
  return found;
}

async function verifySecondFactor(
  context: ServerContext,
  { id }: Credentials,
  sealed: string,
  code: string | undefined,
): Promise<void> {
  if (code === undefined)
    throw new RequestProblem(
      401,
      'second-factor-needed',
      'Send the code of your authenticator app, or a recovery code.',
    );
  if (!(await isGoodCode(context, id, sealed, code))) throw wrong();
}

async function isGoodCode(context: ServerContext, account: string, sealed: string, code: string): Promise<boolean> {
  const typed = code.replaceAll(' ', '');
  if (!/^\d{6}$/.test(typed)) return useRecoveryCode(context.query, account, hashSecret(plainRecoveryCode(code)));
  const step = totpStep(openTotp(context, account, sealed), typed, context.now());
  return step !== undefined && (await useTotpStep(context.query, account, step));
}

function wrong(): RequestProblem {
  return new RequestProblem(401, 'wrong-credentials', 'The name, the password or the code is wrong.');
}

/** Whoever sits down at an open browser does not know it: asked for again before the ways of signing in are changed. */
export async function verifyOwnPassword(
  context: ServerContext,
  { account, name, password, address }: { account: string; name: string; password: string; address: string },
): Promise<void> {
  await admitAttempt(context.query, { name, address }, context.now());
  const found = await findCredentials(context.query, { id: account });
  if (!(await verifyPassword(password, found?.password)))
    throw new RequestProblem(403, 'wrong-password', 'This is not your password.', [
      { field: 'body.password', message: 'It is not your password.' },
    ]);
  await forgiveAttempt(context.query, { name, address }, context.now());
}
