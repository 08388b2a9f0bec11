import type { Control } from '../control.ts';
import { accessBindingsControls } from './access-bindings.ts';
import { accessClusterRolesControls } from './access-cluster-roles.ts';
import { accessPeopleControls } from './access-people.ts';
import { accessRolesControls } from './access-roles.ts';
import { buildBaseControls } from './build-base.ts';
import { buildProcessControls } from './build-process.ts';
import { buildSourcesControls } from './build-sources.ts';
import { attackPathControls, clusterControls, clusterTokenControls } from './cluster.ts';
import { controlPlaneAccessControls } from './control-plane-access.ts';
import { controlPlaneAdmissionControls } from './control-plane-admission.ts';
import { controlPlaneAuditControls } from './control-plane-audit.ts';
import { controlPlaneConnectionsControls } from './control-plane-connections.ts';
import { controlPlaneFilesControls } from './control-plane-files.ts';
import { controlPlanePartsControls } from './control-plane-parts.ts';
import { controlPlaneWholeControls } from './control-plane-whole.ts';
import { detectionControls } from './detection.ts';
import { hostControls } from './host.ts';
import { hostAuditControls } from './host-audit.ts';
import { imageConfigurationControls } from './image-configuration.ts';
import { imageContentsControls } from './image-contents.ts';
import { networkExposureControls } from './network-exposure.ts';
import { networkHostsControls } from './network-hosts.ts';
import { networkPoliciesControls } from './network-policies.ts';
import { nodeControls } from './node.ts';
import { processOperationControls } from './process-operation.ts';
import { processOrganisationControls } from './process-organisation.ts';
import { registryControls } from './registry.ts';
import { runtimeEngineControls } from './runtime-engine.ts';
import { runtimeFilesControls } from './runtime-files.ts';
import { runtimeSwarmControls } from './runtime-swarm.ts';
import { secretsControls } from './secrets.ts';
import { supplyChainControls } from './supply-chain.ts';
import { workloadCapabilitiesControls } from './workload-capabilities.ts';
import { workloadConfinementControls } from './workload-confinement.ts';
import { workloadHostControls } from './workload-host.ts';
import { workloadPlacementControls } from './workload-placement.ts';
import { workloadResourcesControls } from './workload-resources.ts';
import { workloadRightsControls } from './workload-rights.ts';

/** The whole catalogue, family by family. */
export const controls: readonly Control[] = [
  ...buildBaseControls,
  ...buildSourcesControls,
  ...buildProcessControls,
  ...imageConfigurationControls,
  ...imageContentsControls,
  ...supplyChainControls,
  ...registryControls,
  ...workloadHostControls,
  ...workloadCapabilitiesControls,
  ...workloadRightsControls,
  ...workloadConfinementControls,
  ...workloadResourcesControls,
  ...workloadPlacementControls,
  ...networkPoliciesControls,
  ...networkExposureControls,
  ...networkHostsControls,
  ...accessRolesControls,
  ...accessClusterRolesControls,
  ...accessBindingsControls,
  ...accessPeopleControls,
  ...attackPathControls,
  ...secretsControls,
  ...clusterTokenControls,
  ...controlPlaneAccessControls,
  ...controlPlaneAdmissionControls,
  ...controlPlaneConnectionsControls,
  ...controlPlaneAuditControls,
  ...controlPlanePartsControls,
  ...controlPlaneFilesControls,
  ...controlPlaneWholeControls,
  ...clusterControls,
  ...nodeControls,
  ...runtimeEngineControls,
  ...runtimeSwarmControls,
  ...runtimeFilesControls,
  ...hostControls,
  ...hostAuditControls,
  ...detectionControls,
  ...processOrganisationControls,
  ...processOperationControls,
];
