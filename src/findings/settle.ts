import type { FindingChange } from './change.ts';
import { type FindingStanding, holds, isOpenState, type StandingDecision } from './finding.ts';

/** What scans say about a finding, all of them together. */
export interface ScanEvidence {
  /** A current artifact that has it: the newest of its stream, or one that a tag names. */
  readonly presentIn?: string;
  /** No current artifact has it, and of each a complete scan by a tool that knows the finding says so. */
  readonly isProvenGone: boolean;
  /** Digests of what proves it. */
  readonly provenBy: readonly string[];
}

/** What has to happen so that a finding is where scans say. Nothing is proven by a report that was not complete. */
export function changeByScans(
  { state }: FindingStanding,
  { presentIn, isProvenGone, provenBy }: ScanEvidence,
): FindingChange | undefined {
  if (state === 'fixed') return presentIn === undefined ? undefined : { kind: 'return', digest: presentIn };
  return presentIn === undefined && isProvenGone ? { kind: 'fix', provenBy } : undefined;
}

/**
 * What has to happen after the newest report about a finding said this, or nothing, of a decision. What people decided on the server
 * stays: a file in a repository does not overrule them, and its absence neither.
 */
export function changeByReport(
  { state, decision }: FindingStanding,
  told: StandingDecision | undefined,
  now: Date,
): FindingChange | undefined {
  const isOurs = decision !== undefined && (decision.source === 'person' || decision.source === 'exception');
  if (isOurs && !isOpenState(state) && holds(decision, now)) return undefined;
  if (told && holds(told, now)) return { kind: 'decide', decision: told };
  if (isOpenState(state) || decision === undefined) return undefined;
  return { kind: 'reopen', cause: endOf(decision, now) };
}

/** Why a decision no longer closes a finding. */
function endOf(decision: StandingDecision | undefined, now: Date): Extract<FindingChange, { kind: 'reopen' }>['cause'] {
  const statedIn = decision?.statedIn;
  if (decision && !holds(decision, now))
    return { kind: 'exception-expired', ...(statedIn !== undefined && { exception: statedIn }) };
  if (decision?.source === 'publisher') return { kind: 'advisory-changed', advisory: statedIn ?? '' };
  return { kind: 'decision-withdrawn', ...(statedIn !== undefined && { statedIn }) };
}
