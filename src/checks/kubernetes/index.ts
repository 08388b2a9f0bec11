import type { Check } from '../check.ts';
import { podSecurityChecks } from './checks/pod-security.ts';

export { Manifests } from './manifests.ts';
export type { KubernetesObject } from './object.ts';

export const kubernetesChecks: readonly Check<'kubernetes'>[] = [...podSecurityChecks];
