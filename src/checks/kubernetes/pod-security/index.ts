import type { Members } from '#foundation/documents/index.ts';
import { field, isFalse, membersAt, textAt } from '../fields.ts';
import { containersOf } from '../workload.ts';
import { baseline } from './baseline.ts';
import type { PodSecurityControl, PodSecurityLevel, PodView, Violation } from './controls.ts';
import { restricted } from './restricted.ts';

export type { PodView, Violation } from './controls.ts';

/** The newest minor of Kubernetes 1 whose standards are known; a newer one is judged by it. */
export const LATEST_MINOR = 37;

export interface ControlViolation extends Violation {
  /** Of the control, as the admission controller calls it: `hostNamespaces`. */
  readonly control: string;
}

/**
 * What the Pod Security Standards (https://kubernetes.io/docs/concepts/security/pod-security-standards/) of Kubernetes 1.minor forbid in
 * a pod: empty exactly when the admission controller lets it in.
 */
export function podSecurity(
  pod: { metadata: Members; spec: Members },
  level: PodSecurityLevel,
  minor: number,
): ControlViolation[] {
  const view = podView(pod);
  return controlsOf(level, minor).flatMap((control) =>
    [...violationsOf(control, view, minor)].map((violation) => ({ ...violation, control: control.id })),
  );
}

export function podView({ metadata, spec }: { metadata: Members; spec: Members }): PodView {
  return {
    metadata,
    spec,
    securityContext: membersAt(spec, 'securityContext'),
    containers: containersOf(spec, ['spec']),
    onWindows: textAt(spec, 'os', 'name') === 'windows',
    ownUsers: isFalse(field(spec, 'hostUsers')),
  };
}

export function controlOf(id: string): PodSecurityControl | undefined {
  return [...baseline, ...restricted].find((control) => control.id === id);
}

export function violationsOf({ rules }: PodSecurityControl, pod: PodView, minor: number): Iterable<Violation> {
  return rules.find(({ sinceMinor }) => sinceMinor <= minor)?.find(pod) ?? [];
}

function controlsOf(level: PodSecurityLevel, minor: number): PodSecurityControl[] {
  if (level === 'baseline') return [...baseline];
  const inForce = restricted.filter(({ rules }) => rules.some(({ sinceMinor }) => sinceMinor <= minor));
  const replaced = new Set(inForce.map(({ insteadOf }) => insteadOf));
  return [...baseline.filter(({ id }) => !replaced.has(id)), ...inForce];
}
