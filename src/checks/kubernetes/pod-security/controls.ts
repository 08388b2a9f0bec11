import type { Members } from '#foundation/documents/index.ts';
import type { YamlPath } from '#manifests/index.ts';
import type { Container } from '../workload.ts';

export type PodSecurityLevel = 'baseline' | 'restricted';

/** A pod as the Pod Security Standards look at it. Paths begin at `spec` or `metadata`. */
export interface PodView {
  readonly metadata: Members;
  readonly spec: Members;
  readonly securityContext: Members;
  readonly containers: readonly Container[];
  readonly onWindows: boolean;
  /** Its users are not those of the node: `hostUsers: false`. */
  readonly ownUsers: boolean;
}

export interface Violation {
  readonly path: YamlPath;
  readonly message: string;
}

/** One control of the standards. The first rule whose minor is not above the asked one holds; below the first, none does. */
export interface PodSecurityControl {
  readonly id: string;
  readonly level: PodSecurityLevel;
  /** The newest first. */
  readonly rules: readonly { readonly sinceMinor: number; find(pod: PodView): Iterable<Violation> }[];
  /** The baseline control that this one takes the place of, where it holds. */
  readonly insteadOf?: string;
}
