import { z } from 'zod';
import {
  assetKinds,
  isUnlimited,
  mayGrant,
  type Permission,
  type Principal,
  permissions,
  type Scope,
} from '#identity/index.ts';
import { type GrantedRole, grantsOf, hasAdministrator, type Query, recordAudit } from '#storage/index.ts';
import { grantOf } from '../../authentication/principal.ts';
import { RequestProblem } from '../../request-problem.ts';
import type { ServerContext } from '../../route.ts';

export const permission = z.enum(permissions);
export const role = z.enum(['viewer', 'developer', 'security', 'approver', 'admin', 'agent', 'ci', 'monitor']);
/** Of accounts and teams: shown in every list, so nothing that a terminal or a page would obey. */
export const name = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u, 'A name has no control characters.');

export const scope: z.ZodType<Scope> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('team'), team: z.uuid() }),
  z.object({ kind: z.literal('assets'), asset: z.enum(assetKinds), prefix: z.string().max(1024) }),
]);

export const byId = z.object({ id: z.uuid() });

/** Whoever asks, in a route that lets in nobody unknown. */
export function known(principal: Principal | undefined): Principal {
  if (principal) return principal;
  throw new RequestProblem(401, 'not-authenticated', 'Sign in first.');
}

/** A token that leaked does not lock its owner out: what is the account's own is for the person at a session. */
export function needSession(principal: Principal): void {
  if (principal.session !== undefined) return;
  throw new RequestProblem(403, 'session-needed', 'This is for a person who is signed in, not for a token.');
}

/** Accounts are about everything: a right over them in one team is none over all. */
export function needUnlimited(principal: Principal, permission: Permission): void {
  if (isUnlimited(principal, permission)) return;
  throw new RequestProblem(403, 'not-allowed', `This needs the permission ${permission} everywhere, not in a part.`);
}

/** Throws unless somebody has all of it, and may administer accounts there: nobody grants, or takes, more than they have. */
export function needAll(principal: Principal, grants: readonly Pick<GrantedRole, 'role' | 'scope'>[]): void {
  const administering: ReadonlySet<Permission> = new Set(['accounts:write']);
  for (const granted of grants)
    if (
      !mayGrant(principal, grantOf(granted)) ||
      !mayGrant(principal, { permissions: administering, scope: granted.scope })
    )
      throw new RequestProblem(403, 'more-than-you-have', 'That would be about more rights than you have yourself.');
}

/** Whoever can change how an account signs in can become it. */
export async function needAuthorityOver(query: Query, principal: Principal, account: string): Promise<void> {
  needUnlimited(principal, 'accounts:write');
  needAll(principal, await grantsOf(query, account));
}

/** Throws, and so undoes the transaction, when nobody could administer this any more. */
export async function keepAdministrator(query: Query): Promise<void> {
  if (await hasAdministrator(query)) return;
  throw new RequestProblem(409, 'last-administrator', 'Somebody has to be administrator; make another one first.');
}

export interface Changed<Answer> {
  readonly answer: Answer;
  /** `account.add` */
  readonly action: string;
  /** Id of what was changed. */
  readonly subject: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A change and its entry in the audit log, both or neither. */
export async function audited<Answer>(
  { query, now }: ServerContext,
  principal: Principal,
  change: (transaction: Query) => Promise<Changed<Answer>>,
): Promise<Answer> {
  return query.transaction().execute(async (transaction) => {
    const { answer, action, subject, details } = await change(transaction);
    await recordAudit(transaction, { principal, action, subject, ...(details && { details }), at: now() });
    return answer;
  });
}

/** What is still used elsewhere is not removed under it. */
export async function unlessUsed(what: string, remove: () => Promise<void>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '23503')) throw error;
    throw new RequestProblem(409, 'in-use', `This ${what} is still used elsewhere.`);
  }
}
