import type { Severity, Unit } from '#model/index.ts';
import type { Subjects } from './subjects.ts';

/** A question about one subject, decided by evidence. Its examples are its tests and its page of the reference. */
export interface Check<S extends keyof Subjects = keyof Subjects> extends Unit {
  /** `dockerfile-user-root`: the subject's word, then what is wrong. Public and permanent; also the folder or file of the check. */
  readonly id: string;
  readonly subject: S;
  readonly severity: Severity;
  /** Why it matters: what an attacker gains, or what breaks. One or two sentences. */
  readonly rationale: string;
  /** What to do in general; a hit may say what to do in its line. */
  readonly remediation: string;
  /** Ids of the control catalogue: NIST SP 800-53r5 (`AC-6`) or our own. */
  readonly controls: readonly string[];
  /** What other tools call the same question: `DS-0002`, `DL3002`. Inline ignores that name them hold. */
  readonly aliases?: readonly string[];
  /** Whole small documents of the subject's kind. */
  readonly examples: { readonly pass: readonly string[]; readonly fail: readonly string[] };
  /** Pure. Nothing is yielded where all is well; `notApplicable` where the question does not arise, `notAssessed` where evidence is missing. */
  evaluate(subject: Subjects[S]): Iterable<CheckHit> | NotApplicable | NotAnswered;
}

/** The question does not arise for this subject. */
export interface NotApplicable {
  readonly notApplicable: string;
}

/** The question arises, and the evidence to answer it is not there. Never a pass. */
export interface NotAnswered {
  readonly notAssessed: string;
}

/** One place where a subject fails a check. */
export interface CheckHit {
  /** What is wrong here, with the words of the document: `USER root in the last stage`. */
  readonly message: string;
  readonly position: Position;
  /** Of this place, where it is another than the check's: a right that nobody has yet, in one namespace only. */
  readonly severity?: Severity;
  /** What to do in this line, where it can be said better than in general. */
  readonly remediation?: string;
  /** Of a manifest: the object that it is in. */
  readonly resource?: ResourceName;
  /** Replacements in the text that mend it without changing anything else; absent where a person must decide. */
  readonly fix?: readonly TextEdit[];
  /** Who may miss what the edit takes away: `a program that writes to its own files`. Such an edit is made where it is asked for only. */
  readonly fixMayBreak?: string;
}

/** From 1, as editors count; columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

export interface ResourceName {
  /** `apps/v1/Deployment`. */
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** Offsets in UTF-16 code units into the document's text; `start === end` inserts. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
