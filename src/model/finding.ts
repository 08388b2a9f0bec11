import type { LayerOrigin } from './package.ts';
import type { Severity } from './severity.ts';

/** What every kind of finding has. Producers of findings do not know each other: they meet as values of this shape. */
export interface FindingBase {
  readonly kind: string;
  /** Vulnerability id, rule id or the like. */
  readonly id: string;
  readonly severity: Severity;
  /** Somebody's word on it. The finding stays in every report; it no longer fails a gate when the decision closes it. */
  readonly decision?: Decision;
}

/** Where in an artifact a file finding is. */
export interface FileLocation {
  /** No leading slash; inside an archive with `!/` before each step. */
  readonly path: string;
  /** From 1. */
  readonly line?: number;
  readonly layer?: LayerOrigin;
  /** A later layer deleted or replaced the file: whoever has the image still has it. */
  readonly isDeleted?: boolean;
}

/** What was decided about a finding, by whom and where it is written. */
export interface Decision {
  readonly source: 'exception' | 'vex' | 'baseline';
  readonly state: DecisionState;
  /** In the words of whoever decided. */
  readonly reason: string;
  /** OpenVEX justification or the like: `vulnerable_code_not_in_execute_path`. */
  readonly justification?: string;
  readonly author?: string;
  /** ISO 8601 date or time from which on it no longer holds. */
  readonly expires?: string;
  /** File or document that says so. */
  readonly statedIn: string;
}

/** `affected` and `under-investigation` leave a finding open; the others close it. */
export type DecisionState =
  | 'not-affected'
  | 'fixed'
  | 'accepted'
  | 'false-positive'
  | 'deferred'
  | 'affected'
  | 'under-investigation';

export function isClosing({ state }: Decision): boolean {
  return state !== 'affected' && state !== 'under-investigation';
}
