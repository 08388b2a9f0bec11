import type { Control } from '../control.ts';
import { accessBindingsControls } from './access-bindings.ts';
import { accessPeopleControls } from './access-people.ts';
import { accessRolesControls } from './access-roles.ts';
import { buildControls } from './build.ts';
import { controlPlaneApiControls } from './control-plane-api.ts';
import { controlPlaneAuditControls } from './control-plane-audit.ts';
import { controlPlaneFilesControls } from './control-plane-files.ts';
import { controlPlanePartsControls } from './control-plane-parts.ts';
import { detectionControls } from './detection.ts';
import { hostControls } from './host.ts';
import { imageControls } from './image.ts';
import { networkExposureControls } from './network-exposure.ts';
import { networkPoliciesControls } from './network-policies.ts';
import { nodeControls } from './node.ts';
import { processControls } from './process.ts';
import { registryControls } from './registry.ts';
import { runtimeEngineControls } from './runtime-engine.ts';
import { runtimeFilesControls } from './runtime-files.ts';
import { runtimeSwarmControls } from './runtime-swarm.ts';
import { secretsControls } from './secrets.ts';
import { supplyChainControls } from './supply-chain.ts';
import { workloadHostControls } from './workload-host.ts';
import { workloadPlacementControls } from './workload-placement.ts';
import { workloadResourcesControls } from './workload-resources.ts';
import { workloadRightsControls } from './workload-rights.ts';

/** The whole catalogue, family by family. */
export const controls: readonly Control[] = [
  ...buildControls,
  ...imageControls,
  ...supplyChainControls,
  ...registryControls,
  ...workloadHostControls,
  ...workloadRightsControls,
  ...workloadResourcesControls,
  ...workloadPlacementControls,
  ...networkPoliciesControls,
  ...networkExposureControls,
  ...accessRolesControls,
  ...accessBindingsControls,
  ...accessPeopleControls,
  ...secretsControls,
  ...controlPlaneApiControls,
  ...controlPlaneAuditControls,
  ...controlPlanePartsControls,
  ...controlPlaneFilesControls,
  ...nodeControls,
  ...runtimeEngineControls,
  ...runtimeSwarmControls,
  ...runtimeFilesControls,
  ...hostControls,
  ...detectionControls,
  ...processControls,
];
