import { memberOf } from '#foundation/documents/index.ts';
import { type ClusterState, objectsOf } from './state.ts';

/** Who runs the control plane, and how the kubelet is started: what cannot be seen in one of them is not failed there. */
export type ClusterFlavour = 'aks' | 'eks' | 'gke' | 'k3s' | 'kubeadm' | 'openshift' | 'rke2' | 'unknown';

/** Clusters whose control plane the provider runs: its flags are the provider's, and are seen by nobody else. */
export const managedFlavours: ReadonlySet<ClusterFlavour> = new Set(['aks', 'eks', 'gke']);

export function flavourOf(state: ClusterState): ClusterFlavour {
  const version = 'known' in state.version ? state.version.known : '';
  const nodes = objectsOf(state, 'nodes');
  const versions = [version, ...nodes.map(kubeletVersion)];
  const byVersion = VERSIONS.find(([pattern]) => versions.some((one) => pattern.test(one)));
  if (byVersion) return byVersion[1];
  if (nodes.some((node) => String(memberOf(memberOf(node, 'spec'), 'providerID')).startsWith('azure://'))) {
    const isManaged = nodes.some((node) => hasLabel(node, 'kubernetes.azure.com/cluster'));
    if (isManaged) return 'aks';
  }
  if (nodes.some((node) => hasLabel(node, 'node.openshift.io/os_id'))) return 'openshift';
  return nodes.some((node) => hasLabel(node, 'node-role.kubernetes.io/control-plane')) ? 'kubeadm' : 'unknown';
}

const VERSIONS: readonly (readonly [RegExp, ClusterFlavour])[] = [
  [/\+k3s\d/, 'k3s'],
  [/\+rke2r\d/, 'rke2'],
  [/-eks-/, 'eks'],
  [/-gke\./, 'gke'],
];

function kubeletVersion(node: unknown): string {
  return String(memberOf(memberOf(memberOf(node, 'status'), 'nodeInfo'), 'kubeletVersion') ?? '');
}

function hasLabel(object: unknown, name: string): boolean {
  return memberOf(memberOf(memberOf(object, 'metadata'), 'labels'), name) !== undefined;
}
