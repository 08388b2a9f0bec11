/**
 * One thing that is either so or not, the hub of the crosswalk: clauses of all frameworks map to controls, and controls say by which
 * evidence they are judged. Fine enough that two clauses which ask for different things never share one.
 */
export interface Control {
  /** `PLM-WORKLOAD-PRIVILEGED`: public and permanent. */
  readonly id: string;
  readonly family: ControlFamily;
  /** What is true where the control holds: `Containers do not run privileged`. */
  readonly title: string;
  /** Controls of NIST SP 800-53r5 that it is part of: `AC-6`, `SC-39`. */
  readonly anchors: readonly string[];
  /** Why it matters, in plain words. */
  readonly why: string;
  /** How attackers use its absence. */
  readonly attack: string;
  /** How to make it so. */
  readonly remedy: string;
  /** How it can be judged; all parts together decide. Never empty. */
  readonly evidence: readonly Evidence[];
  /** Written from the control's words, not from the checks': prove that the evidence decides it. One at least for each kind of document that its checks are about. */
  readonly proofs: readonly Proof[];
}

export const controlFamilies = [
  'build',
  'image',
  'supply-chain',
  'registry',
  'workload',
  'network',
  'access',
  'secrets',
  'control-plane',
  'node',
  'runtime',
  'host',
  'detection',
  'process',
] as const;

export type ControlFamily = (typeof controlFamilies)[number];

/** Where the answer comes from. A control is red when any part is, and known only as far as its parts are. */
export type Evidence =
  /** Red when one of these checks has an open finding. Ids are of the registry of checks. */
  | { readonly by: 'checks'; readonly checks: readonly string[] }
  /** Red when an open finding of this kind is at least this severe. */
  | {
      readonly by: 'findings';
      readonly kind: 'vulnerability' | 'secret' | 'malware' | 'licence';
      readonly atLeast: 'critical' | 'high' | 'medium' | 'low' | 'any';
    }
  /** Needs evidence that no scan of an artifact or a directory has. `what`: what has to be looked at, in words. */
  | { readonly by: 'outside'; readonly source: OutsideSource; readonly what: string }
  /** Only a person can say; `ask`: the question that a statement answers. */
  | { readonly by: 'statement'; readonly ask: string };

export type OutsideSource = 'host' | 'cluster' | 'registry' | 'runtime' | 'flows' | 'signatures';

/** Two small artifacts that differ in what the control is about. */
export interface Proof {
  /**
   * What they are: decides how they are scanned. `files` for a file of an image, in which secrets and malware are looked for. Vulnerabilities
   * and licences are of packages, not of documents: the tests prove them with reports. `cluster`, `container`, `docker-host` and `host` for bundles of evidence.
   */
  readonly subject:
    | 'kubernetes'
    | 'compose'
    | 'dockerfile'
    | 'image-config'
    | 'files'
    | 'cluster'
    | 'container'
    | 'docker-host'
    | 'host';
  /** Where the text lies, for subjects that are told by their names: `Dockerfile`, `app/.env`. */
  readonly path?: string;
  /** Turns the control red. */
  readonly violates: string;
  /** Leaves it green. */
  readonly satisfies: string;
}
