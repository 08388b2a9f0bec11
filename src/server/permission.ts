import { type Principal, scopesOf } from '#identity/index.ts';
import { RequestProblem } from './request-problem.ts';
import type { Route } from './route.ts';

/** Throws unless the principal may do it somewhere; where exactly is for the query to say. */
export function allows(principal: Principal | undefined, permission: Route['permission']): void {
  if (permission === 'anyone') return;
  if (principal === undefined)
    throw new RequestProblem(401, 'not-authenticated', 'Sign in, or send a token as "Authorization: Bearer plm_...".');
  if (permission !== 'signed-in' && scopesOf(principal, permission).length === 0)
    throw new RequestProblem(
      403,
      'not-allowed',
      `This needs the permission ${permission}; ask an administrator for a role that has it.`,
    );
}
