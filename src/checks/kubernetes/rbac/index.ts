import type { Check } from '../../check.ts';
import { bindingChecks } from './bindings.ts';
import { rightCheck } from './right-check.ts';
import { clusterRights } from './rights/cluster.ts';
import { identityRights } from './rights/identities.ts';
import { trafficRights } from './rights/traffic.ts';
import { workloadRights } from './rights/workloads.ts';
import { roleShapeChecks } from './role-shape.ts';
import { wildcardChecks } from './wildcards.ts';

/** Who may do what among the manifests, and how roles and bindings are written. */
export const rbacChecks: readonly Check<'kubernetes'>[] = [
  ...[...workloadRights, ...identityRights, ...clusterRights, ...trafficRights].map(rightCheck),
  ...wildcardChecks,
  ...roleShapeChecks,
  ...bindingChecks,
];
