/**
 * What the structure of a match says. `verified`: a checksum in it is right. `fits`: as the kind of secret is built. `doubtful`:
 * a checksum that should be right is wrong. `refuted`: this is no secret, or a published example.
 */
export type Verdict = 'verified' | 'fits' | 'doubtful' | 'refuted';

/** What a check gets to see. */
export interface Evidence {
  readonly secret: string;
  /** The named groups of the pattern. */
  readonly groups: Readonly<Record<string, string | undefined>>;
}

export type Check = (evidence: Evidence) => Verdict;
