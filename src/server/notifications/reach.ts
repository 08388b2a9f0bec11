import { type Principal, scopesOf } from '#identity/index.ts';
import type { TeamReach } from '#storage/index.ts';
import { RequestProblem } from '../request-problem.ts';

/** Whose channels, rules, deliveries and trackers somebody has a say in. Parts that are no team's own (assets by name) give none. */
export function reachOf(principal: Principal): TeamReach {
  const scopes = scopesOf(principal, 'notifications:write');
  if (scopes.some(({ kind }) => kind === 'all')) return 'all';
  return scopes.flatMap((scope) => (scope.kind === 'team' ? [scope.team] : []));
}

/** Throws unless they may make something for this team, or for everybody. */
export function needReach(principal: Principal, team: string | null): void {
  const reach = reachOf(principal);
  if (reach === 'all' || (team !== null && reach.includes(team))) return;
  throw new RequestProblem(403, 'not-allowed', 'You can do this for your own teams only; name one of them as team.', [
    { field: 'body.team', message: 'Not one of your teams.' },
  ]);
}

/** Throws when the database says that the name is taken, or the team or channel is not there. */
export async function unlessTaken<Answer>(change: () => Promise<Answer>): Promise<Answer> {
  try {
    return await change();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === '23505')
      throw new RequestProblem(409, 'name-taken', 'There is one of this name already.', [
        { field: 'body.name', message: 'Taken.' },
      ]);
    if (code === '23503')
      throw new RequestProblem(400, 'invalid-request', 'There is no such team.', [
        { field: 'body.team', message: 'There is none of this id.' },
      ]);
    throw error;
  }
}
