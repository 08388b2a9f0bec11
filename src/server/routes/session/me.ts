import { z } from 'zod';
import {
  base32,
  hashSecret,
  newRecoveryCodes,
  newTotpSecret,
  type Principal,
  plainRecoveryCode,
  totpStep,
  totpUri,
} from '#identity/index.ts';
import {
  confirmTotp,
  endSessions,
  findAccount,
  proposedTotp,
  proposeTotp,
  type Query,
  removeTotp,
  replaceRecoveryCodes,
  setPassword,
  teamsOf,
} from '#storage/index.ts';
import { hashed } from '../../authentication/link.ts';
import { openTotp, sealTotp } from '../../authentication/second-factor.ts';
import { verifyOwnPassword } from '../../authentication/sign-in.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route, type ServerContext } from '../../route.ts';
import { audited, known, needSession, permission, scope } from '../accounts/rights.ts';

const password = z.string().min(1).max(1000);
/** Nothing is kept of these requests: a quick hash of a password, as repetitions are known by, could be guessed at. */
const WITH_PASSWORD = 'own';

const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

const me = route({
  id: 'getMe',
  method: 'GET',
  path: '/api/v1/me',
  summary: 'Who you are here, and what you may do where',
  permission: 'signed-in',
  ...nothing,
  answer: z.object({
    id: z.uuid(),
    kind: z.enum(['person', 'machine']),
    name: z.string(),
    email: z.string().nullable(),
    hasSecondFactor: z.boolean(),
    teams: z.array(z.object({ id: z.uuid(), name: z.string() })),
    grants: z.array(z.object({ permissions: z.array(permission), scope })),
  }),
  async handle({ principal }, { query }) {
    const { account, grants } = known(principal);
    const found = await findAccount(query, account);
    if (!found) throw notFound('account');
    const { id, kind, name, email, hasSecondFactor } = found;
    const teams = (await teamsOf(query, account)).map((team) => ({ id: team.id, name: team.name }));
    const shown = grants.map(({ permissions, scope }) => ({ permissions: [...permissions], scope }));
    return { id, kind, name, email, hasSecondFactor, teams, grants: shown };
  },
});

/** Only a person at a session, who knows the password, changes how the account signs in. */
async function needOwnPassword(
  context: ServerContext,
  principal: Principal | undefined,
  password: string,
  address: string,
): Promise<Principal> {
  const actor = known(principal);
  needSession(actor);
  await verifyOwnPassword(context, { account: actor.account, name: actor.name, password, address });
  return actor;
}

const changePassword = route({
  id: 'changePassword',
  method: 'PUT',
  path: '/api/v1/me/password',
  summary: 'Sets another password and ends your other sessions',
  permission: 'signed-in',
  ...nothing,
  body: z.strictObject({ password, newPassword: password }),
  answer: z.undefined(),
  status: 204,
  async handle({ body, principal, address }, context) {
    const actor = await needOwnPassword(context, principal, body.password, address);
    return audited(context, actor, async (query) => {
      await setPassword(query, actor.account, await hashed(body.newPassword, actor.name, 'body.newPassword'));
      await endSessions(query, actor.account, actor.session);
      return { answer: undefined, action: 'account.password', subject: actor.account };
    });
  },
});

const propose = route({
  id: 'proposeSecondFactor',
  method: 'POST',
  path: '/api/v1/me/second-factor',
  summary: 'A secret for an authenticator app (TOTP); it counts once you confirm it with a code',
  permission: 'signed-in',
  idempotency: WITH_PASSWORD,
  ...nothing,
  body: z.strictObject({ password }),
  answer: z.object({
    /** In base 32, to be typed. */
    secret: z.string(),
    /** For a QR code. */
    uri: z.string(),
  }),
  status: 201,
  async handle({ body, principal, address }, context) {
    const { account, name } = await needOwnPassword(context, principal, body.password, address);
    const secret = newTotpSecret();
    if (!(await proposeTotp(context.query, account, sealTotp(context, account, secret))))
      throw new RequestProblem(409, 'second-factor-exists', 'There is a second factor; remove that one first.');
    return { secret: base32(secret), uri: totpUri(secret, name) };
  },
});

const confirm = route({
  id: 'confirmSecondFactor',
  method: 'POST',
  path: '/api/v1/me/second-factor/confirmation',
  summary: 'Turns the second factor on; the recovery codes are shown now and never again',
  permission: 'signed-in',
  idempotency: 'secret',
  ...nothing,
  body: z.strictObject({ code: z.string().max(50) }),
  answer: recoveryCodes,
  handle({ body, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const sealed = await proposedTotp(query, actor.account);
      if (sealed === undefined || actor.session === undefined) throw notFound('proposed second factor');
      const code = body.code.replaceAll(' ', '');
      const step = totpStep(openTotp(context, actor.account, sealed), code, context.now());
      if (step === undefined)
        throw new RequestProblem(400, 'invalid-request', 'The code is not the one of this moment.', [
          { field: 'body.code', message: 'Compare the clock of your device.' },
        ]);
      await confirmTotp(query, actor.account, step, context.now());
      const answer = { recoveryCodes: await newCodes(query, actor.account) };
      return { answer, action: 'account.second-factor-on', subject: actor.account };
    });
  },
});

const removal = route({
  id: 'removeSecondFactor',
  method: 'POST',
  path: '/api/v1/me/second-factor/removal',
  summary: 'Turns the second factor off, with its recovery codes',
  permission: 'signed-in',
  idempotency: WITH_PASSWORD,
  ...nothing,
  body: z.strictObject({ password }),
  answer: z.undefined(),
  status: 204,
  async handle({ body, principal, address }, context) {
    const actor = await needOwnPassword(context, principal, body.password, address);
    return audited(context, actor, async (query) => {
      await removeTotp(query, actor.account);
      return { answer: undefined, action: 'account.second-factor-off', subject: actor.account };
    });
  },
});

const renewCodes = route({
  id: 'renewRecoveryCodes',
  method: 'POST',
  path: '/api/v1/me/recovery-codes',
  summary: 'New recovery codes instead of the ones before, shown now and never again',
  permission: 'signed-in',
  idempotency: WITH_PASSWORD,
  ...nothing,
  body: z.strictObject({ password }),
  answer: recoveryCodes,
  async handle({ body, principal, address }, context) {
    const actor = await needOwnPassword(context, principal, body.password, address);
    return audited(context, actor, async (query) => {
      const found = await findAccount(query, actor.account);
      if (!found?.hasSecondFactor)
        throw new RequestProblem(
          409,
          'no-second-factor',
          'Recovery codes stand in for a second factor; there is none.',
        );
      const answer = { recoveryCodes: await newCodes(query, actor.account) };
      return { answer, action: 'account.recovery-codes', subject: actor.account };
    });
  },
});

async function newCodes(query: Query, account: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await replaceRecoveryCodes(
    query,
    account,
    codes.map((code) => hashSecret(plainRecoveryCode(code))),
  );
  return codes;
}

export const ownRoutes: readonly Route[] = [me, changePassword, propose, confirm, removal, renewCodes];
