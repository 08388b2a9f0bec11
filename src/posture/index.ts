export {
  type AccessOptions,
  auditedResources,
  type ClusterFlavour,
  type ClusterState,
  collectCluster,
  exportedState,
  flavourOf,
  keyOf,
  managedFlavours,
  objectsOf,
  openCluster,
  parseClusterState,
  renderClusterState,
} from './cluster/index.ts';
export { type CollectOptions, collectEvidence } from './collect/collect.ts';
export { type Daemon, daemonOf } from './docker/daemon.ts';
export type * from './evidence.ts';
export { contentAt, fileAt, modeOf } from './file-at.ts';
export { EvidenceMissing, type Known, need } from './known.ts';
export { parseEvidence } from './parse.ts';
export { renderEvidence } from './render.ts';
