import type { ExceptionReason, ExceptionScope } from '../exception.ts';

/** An exception that holds, as it is written to files. */
export interface ExportedException {
  readonly id: string;
  readonly scope: ExceptionScope;
  readonly reason: ExceptionReason;
  readonly text: string;
  /** Names of people. */
  readonly requester: string;
  readonly approvers: readonly string[];
  readonly createdAt: Date;
  readonly approvedAt: Date;
  readonly expiresAt: Date;
  /** What it hides now. */
  readonly findings: readonly ExportedFinding[];
}

export interface ExportedFinding {
  readonly kind: string;
  readonly rule: string;
  /** Package URL without version, for findings in packages. */
  readonly subject: string;
  readonly asset: { readonly kind: string; readonly name: string };
}
