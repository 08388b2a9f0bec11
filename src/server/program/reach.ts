import { type Permission, type Principal, scopesOf } from '#identity/index.ts';
import type { TeamReach } from '#storage/index.ts';
import { RequestProblem } from '../request-problem.ts';

/** Whose objectives and campaigns somebody has to do with. Parts that are no team's own (assets by name) give none. */
export function programReach(principal: Principal, permission: Permission): TeamReach {
  const scopes = scopesOf(principal, permission);
  if (scopes.some(({ kind }) => kind === 'all')) return 'all';
  return scopes.flatMap((scope) => (scope.kind === 'team' ? [scope.team] : []));
}

/** Throws unless they may set goals for these teams; without teams, for everybody. */
export function needProgramReach(principal: Principal, teams: readonly string[], field: string): void {
  const reach = programReach(principal, 'objectives:write');
  if (reach === 'all' || (teams.length > 0 && teams.every((team) => reach.includes(team)))) return;
  throw new RequestProblem(403, 'not-allowed', 'You can do this for your own teams only; name them.', [
    { field, message: 'Not one of your teams.' },
  ]);
}
