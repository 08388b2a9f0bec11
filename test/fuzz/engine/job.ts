import { parseArgs } from 'node:util';

/** A run of inputs for one target, done by a child process in order. */
export interface Job {
  readonly target: string;
  readonly seed: number;
  readonly first: number;
  /** Inputs to try; without it the time decides. */
  readonly count?: number;
  readonly seconds?: number;
  /** Also measures processor time and memory of each input. */
  readonly measured: boolean;
  /** Reads this file as the only input. */
  readonly inputFile?: string;
}

/** What a child process is started with. */
export interface Assignment {
  readonly jobs: readonly Job[];
  /** Address of the module that has the `targets`. */
  readonly registry: string;
}

export function renderAssignment(assignment: Assignment): string {
  return JSON.stringify(assignment);
}

/** Reads what `renderAssignment` wrote, from this program's own command line. */
export function assignmentFromArguments(): Assignment {
  const { positionals } = parseArgs({ allowPositionals: true });
  return JSON.parse(positionals[0] ?? '');
}
