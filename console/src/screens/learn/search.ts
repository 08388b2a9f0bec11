/** What of the screen stands in its address. */
export interface LearnSearch {
  /** Id of a team: what its findings call for, and how far it is. */
  readonly team?: string;
}

export function readLearnSearch({ team }: Readonly<Record<string, unknown>>): LearnSearch {
  return typeof team === 'string' && /^[0-9a-f-]{36}$/.test(team) ? { team } : {};
}
