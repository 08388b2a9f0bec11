import type { ExceptionScope } from '#exceptions/index.ts';
import { covers, type Permission, type Principal, type Scope, scopesOf } from '#identity/index.ts';
import { findFinding, type Query } from '#storage/index.ts';
import { RequestProblem } from '../request-problem.ts';

/** Throws unless somebody has the permission wherever the exception could hide something: in one team, nobody decides for another. */
export async function needReach(
  query: Query,
  principal: Principal,
  permission: Permission,
  scope: ExceptionScope,
): Promise<void> {
  const scopes = scopesOf(principal, permission);
  const isInReach =
    scope.finding === undefined
      ? reachesOf(scope).some((reach) => scopes.some((own) => covers(own, reach)))
      : (await findFinding(query, scope.finding, scopes)) !== undefined;
  if (!isInReach)
    throw new RequestProblem(
      403,
      'out-of-reach',
      `It would hold where you do not have the permission ${permission}; narrow it to your team or assets.`,
    );
}

/** Each of these is as wide as the exception or wider: to have one of them is enough. */
function reachesOf({ team, assets }: ExceptionScope): readonly Scope[] {
  return [
    ...(team === undefined ? [] : [{ kind: 'team', team } as const]),
    ...(assets ? [{ kind: 'assets', asset: assets.kind, prefix: literalStart(assets.name) } as const] : []),
    ...(team === undefined && assets === undefined ? [{ kind: 'all' } as const] : []),
  ];
}

function literalStart(pattern: string): string {
  const wildcard = pattern.search(/[*?]/);
  return wildcard === -1 ? pattern : pattern.slice(0, wildcard);
}
