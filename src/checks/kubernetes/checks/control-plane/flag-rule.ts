import type { Check } from '../../../check.ts';

export type Component = 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'etcd';

/** An option of a component of the control plane, and which of its values are good. */
export interface FlagRule extends Pick<Check, 'id' | 'title' | 'severity' | 'rationale' | 'remediation' | 'controls'> {
  readonly component: Component;
  readonly flag: string;
  /** Of an option that names a certificate: the one that names its key. */
  readonly key?: string;
  readonly alias?: string;
  /** @param value undefined where the option is not given, `true` where it is given without a value */
  holds(value: string | undefined): boolean;
  /** Values for the examples; undefined leaves the option out. */
  readonly good: string | undefined;
  readonly bad: string | undefined;
}
