import type { Severity } from '#model/index.ts';
import type { StandingDecision } from './finding.ts';

/** What any tool says about one artifact of one asset at one time, in our words. Texts are bounded and can be stored. */
export interface Submission {
  readonly tool: { readonly name: string; readonly version: string };
  /** When the tool looked. */
  readonly createdAt: Date;
  readonly asset: { readonly kind: 'repository' | 'host' | 'project' | 'workload'; readonly name: string };
  readonly artifact: SubmittedArtifact;
  /** Kinds of findings that were looked for. */
  readonly scanners: readonly string[];
  /** It looked at everything. Only then does what it does not tell count as gone. */
  readonly isComplete: boolean;
  /** Undefined when it does not say what is installed. */
  readonly packages?: readonly SubmittedPackage[];
  readonly findings: readonly SubmittedFinding[];
}

export interface SubmittedArtifact {
  /** Of the manifest; of what it consists of where it has none. */
  readonly digest: string;
  /** Artifacts of one stream follow one another: the platform of an image, and nothing for what has none. */
  readonly stream: string;
  /** Other digests by which it is known: of its index and of its configuration. */
  readonly otherDigests?: readonly string[];
  /** Its machine can install what only subscribers of the distribution get. */
  readonly isSubscribed?: boolean;
  readonly platform?: string;
  readonly distribution?: object;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Without the repository: `1.4`. */
  readonly tags: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

export interface SubmittedPackage {
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly source?: string;
  readonly sourceVersion?: string;
  /** What matching asks of it beside that, by name: `['architecture', 'amd64']`. */
  readonly facts?: readonly (readonly [string, string])[];
  /** Keys under which advisories may speak of it: `npm lodash`, `deb curl`. */
  readonly lookups?: readonly string[];
  /** Digest of the layer that brought it. */
  readonly layer?: string;
  /** The record that names it. */
  readonly path?: string;
}

export interface SubmittedFinding {
  readonly kind: string;
  /** The tool's own name of it first, then all others. */
  readonly ids: readonly string[];
  /** What is the same in the next scan: the package without its version, or the class of places. */
  readonly subject: string;
  readonly title: string;
  readonly severity: Severity;
  /** 0 to 100. */
  readonly rank: number;
  /** Attackers are known to use it. */
  readonly isExploited: boolean;
  /** Undefined: it is open as far as the tool knows. */
  readonly decision?: StandingDecision;
  readonly details: Readonly<Record<string, unknown>>;
  readonly occurrences: readonly SubmittedOccurrence[];
}

export interface SubmittedOccurrence {
  readonly location: string;
  readonly package?: SubmittedPackage;
  readonly details: Readonly<Record<string, unknown>>;
}
