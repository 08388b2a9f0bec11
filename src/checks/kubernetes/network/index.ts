import type { Check } from '../../check.ts';
import { exposureChecks } from './exposure.ts';
import { ingressChecks } from './ingresses.ts';
import { policyChecks } from './policies.ts';
import { serviceChecks } from './services.ts';

/** Who reaches pods, from within the cluster and from outside of it. */
export const networkChecks: readonly Check<'kubernetes'>[] = [
  ...policyChecks,
  ...serviceChecks,
  ...ingressChecks,
  ...exposureChecks,
];
