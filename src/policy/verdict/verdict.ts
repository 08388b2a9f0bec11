import type { Decision, Severity } from '#model/index.ts';

/** What policies decided about what was scanned. */
export interface PolicyVerdict {
  /** `not-decided`: nothing was denied, but not all that was asked could be answered. Not the same as allowed. */
  readonly outcome: 'denied' | 'warned' | 'allowed' | 'not-decided';
  /** Why it could not be decided, one sentence each; given beside a denial too. */
  readonly notDecided: readonly string[];
  /** The policies that were asked. */
  readonly policies: readonly AskedPolicy[];
  /** Of each policy and object: what came of it. */
  readonly evaluations: Evaluations;
  /** Everything that did not pass, what an exception covers too; the worst first. */
  readonly decisions: readonly PolicyDecision[];
}

export interface AskedPolicy {
  readonly policy: string;
  readonly title: string;
  readonly severity: Severity;
  /** How many objects it was about. Zero: it decided nothing. */
  readonly objects: number;
  /** How many of them did not pass, excepted ones too. */
  readonly failed: number;
}

export interface Evaluations {
  readonly passed: number;
  readonly failed: number;
  /** The policy is not about the object. */
  readonly skipped: number;
  /** Errors that the policy lets pass. */
  readonly ignored: number;
}

/** One validation of one policy that one object does not meet. */
export interface PolicyDecision {
  /** `audited`: written down only. `excepted`: an exception covers it. `ignored`: an error that the policy lets pass. */
  readonly outcome: 'denied' | 'warned' | 'audited' | 'excepted' | 'ignored';
  readonly policy: string;
  readonly title: string;
  readonly severity: Severity;
  /** `apps/v1/Deployment shop/web` */
  readonly object: string;
  /** `deploy.yaml:1:1`, a file of the artifact, or the artifact. */
  readonly place: string;
  readonly message: string;
  /** The expression had no value, which counts as no. */
  readonly isError: boolean;
  /** `policy.yaml:24:19`: the validation. */
  readonly statedIn?: string;
  /** The comparisons that decided, with their values: `object.spec.severity == 'critical' (object.spec.severity is 'critical')`. */
  readonly because: readonly string[];
  /** What would have to be otherwise: `object.spec.isOpen is false`. Absent where nothing can be said. */
  readonly wouldPass?: string;
  readonly remediation?: string;
  readonly controls: readonly string[];
  /** What covers it. */
  readonly exception?: Decision;
}
