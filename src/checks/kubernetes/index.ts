import type { Check } from '../check.ts';
import { apiVersionChecks } from './checks/api-versions.ts';
import { controlPlaneChecks } from './checks/control-plane.ts';
import { hostChecks } from './checks/host.ts';
import { identityChecks } from './checks/identities.ts';
import { imageChecks } from './checks/images.ts';
import { kubeletChecks } from './checks/kubelet.ts';
import { namespaceChecks } from './checks/namespaces.ts';
import { podSecurityChecks } from './checks/pod-security.ts';
import { privilegeChecks } from './checks/privileges.ts';
import { resourceChecks } from './checks/resources.ts';
import { secretChecks } from './checks/secrets.ts';
import { networkChecks } from './network/index.ts';
import { rbacChecks } from './rbac/index.ts';

export { gapsOf } from './gaps.ts';
export { Manifests } from './manifests.ts';
export type { KubernetesObject } from './object.ts';

export const kubernetesChecks: readonly Check<'kubernetes'>[] = [
  ...podSecurityChecks,
  ...privilegeChecks,
  ...hostChecks,
  ...imageChecks,
  ...resourceChecks,
  ...identityChecks,
  ...secretChecks,
  ...namespaceChecks,
  ...networkChecks,
  ...rbacChecks,
  ...apiVersionChecks,
  ...controlPlaneChecks,
  ...kubeletChecks,
];
