import type { FileLocation, FindingBase } from '#model/index.ts';
import type { Position, ResourceName, TextEdit } from './check.ts';
import type { SubjectKind } from './subjects.ts';

/** One place where a document or configuration fails a check. */
export interface MisconfigurationFinding extends FindingBase {
  readonly kind: 'misconfiguration';
  /** Id of the check. */
  readonly id: string;
  readonly subject: SubjectKind;
  readonly title: string;
  /** What is wrong here, with the words of the document. */
  readonly message: string;
  readonly rationale: string;
  /** What to do: in this line where the check can say it, else in general. */
  readonly remediation: string;
  readonly location: FileLocation;
  readonly position: Position;
  readonly controls: readonly string[];
  readonly references: readonly string[];
  /** Of a manifest: the object that it is in. */
  readonly resource?: ResourceName;
  /** Edits of the document that mend it; absent where a person must decide. */
  readonly fix?: readonly TextEdit[];
  /** Who may miss what the edits take away. Absent where nobody can. */
  readonly fixMayBreak?: string;
}
