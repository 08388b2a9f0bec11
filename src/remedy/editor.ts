import type { Result } from '#foundation/index.ts';
import type { ScanReport } from '#scan/index.ts';
import type { FixGroup, FixStep } from './plan/index.ts';
import type { FileEdit } from './workspace/index.ts';

/** Turns steps of a plan into edits of files. It writes nothing in the project: what it proposes is shown first. */
export interface Editor {
  readonly id: string;
  handles(group: FixGroup): boolean;
  propose(request: EditRequest): Promise<Proposal>;
}

export interface EditRequest {
  /** Directory that the scan was of. */
  readonly root: string;
  readonly group: FixGroup;
  /** The wanted ones among the group's. */
  readonly steps: readonly FixStep[];
  /** Make what the resolver cannot do possible by forcing versions on dependants that do not allow them. */
  readonly allowsOverrides: boolean;
  /** Scans another directory by the same rules, to see whether an edit does what it should. */
  assess(directory: string): Promise<Result<ScanReport>>;
  readonly signal: AbortSignal;
}

export interface Proposal {
  readonly edits: readonly FileEdit[];
  /** Steps that are not, or not wholly, done by the edits, and why. */
  readonly refusals: readonly Refusal[];
  /** What somebody should know before they agree, in sentences. */
  readonly notes: readonly string[];
}

export interface Refusal {
  readonly step: string;
  readonly reason: string;
}
