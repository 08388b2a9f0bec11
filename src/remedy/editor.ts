import type { Result } from '#foundation/index.ts';
import type { ScanReport } from '#scan/index.ts';
import type { FixGroup, FixStep } from './plan/index.ts';
import type { ProjectFiles } from './workspace/index.ts';

/** Turns steps of a plan into edits of files. It writes nothing in the project: what it proposes is shown first. */
export interface Editor {
  readonly id: string;
  handles(group: FixGroup, means: EditMeans): boolean;
  propose(group: FixGroup, steps: readonly FixStep[], means: EditMeans): Promise<Proposal>;
}

/** What editors work with. */
export interface EditMeans {
  /** Directory that the files lie in. */
  readonly root: string;
  readonly files: ProjectFiles;
  /** What the scanned image is built from, relative to `root`. */
  readonly dockerfile?: string;
  /** Leave the line of versions at hand where only a later one is mended: its interface may have changed. */
  readonly allowsBreaking: boolean;
  /** Make possible what the resolver cannot do by forcing versions on dependants that do not allow them. */
  readonly allowsOverrides: boolean;
  /** Scans another directory by the same rules, to see whether an edit does what it should. */
  assess(directory: string): Promise<Result<ScanReport>>;
  readonly registry: ImageRegistry;
  readonly signal: AbortSignal;
}

/** Asked about images by their references. */
export interface ImageRegistry {
  /** Why it is asked nothing: it then answers with that alone. */
  readonly silence?: string;
  tags(name: string): Promise<Result<readonly string[]>>;
  digest(name: string): Promise<Result<string>>;
}

/** What is to be said beside the edits, which are left in the files. */
export interface Proposal {
  /** Steps that are not, or not wholly, done by the edits, and why. */
  readonly refusals: readonly Refusal[];
  /** What somebody should know before they agree, in sentences. */
  readonly notes: readonly string[];
}

interface Refusal {
  readonly step: string;
  readonly reason: string;
}

export function refuseAll(steps: readonly FixStep[], reason: string): Proposal {
  return { notes: [], refusals: steps.map(({ id }) => ({ step: id, reason })) };
}
