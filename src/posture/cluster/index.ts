/** What a cluster says of itself: read from its API server, from exported objects, or from a file. */
export { type AccessOptions, type ClusterAccess, openCluster } from './access.ts';
export { collectCluster } from './collect.ts';
export { exportedState } from './exported.ts';
export { type ClusterFlavour, flavourOf, managedFlavours } from './flavour.ts';
export { auditedResources } from './resources.ts';
export { parseClusterState, renderClusterState } from './saved.ts';
export { type ClusterState, keyOf, objectsOf } from './state.ts';
