import type { Scope } from '#identity/index.ts';

/** What these teams own; without any, everything. */
export function scopesOfTeams(teams: readonly string[]): readonly Scope[] {
  return teams.length === 0 ? [{ kind: 'all' }] : teams.map((team) => ({ kind: 'team', team }));
}
