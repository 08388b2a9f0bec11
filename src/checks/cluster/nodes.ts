import { asList, type Members, memberOf } from '#foundation/documents/index.ts';
import { type ClusterState, flavourOf, managedFlavours, objectsOf } from '#posture/index.ts';
import type { EvidenceAnswer, EvidenceFound } from '../evidence-check.ts';
import { clusterCheck, listed, nameOf, namespaceOf, resource } from './cluster-check.ts';
import { cluster, named, node } from './examples.ts';

const CONTROL_PLANE = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

function isControlPlane(one: Members): boolean {
  const labels = memberOf(memberOf(one, 'metadata'), 'labels');
  return CONTROL_PLANE.some((name) => memberOf(labels, name) !== undefined);
}

function openControlPlane(state: ClusterState): EvidenceAnswer {
  if (managedFlavours.has(flavourOf(state))) return { notApplicable: 'the provider runs the control plane' };
  const nodes = listed(state, 'nodes');
  if (nodes.length < 2) return { notApplicable: 'there is one node for all' };
  return nodes
    .filter((one) => isControlPlane(one) && !keepsOthersOut(one))
    .map((one) => ({
      message: `node ${nameOf(one)} runs the control plane and takes everybody’s pods`,
      remediation: `Run \`kubectl taint nodes ${nameOf(one)} node-role.kubernetes.io/control-plane=:NoSchedule\`.`,
      resource: resource(one),
    }));
}

function keepsOthersOut(one: Members): boolean {
  const taints = asList(memberOf(memberOf(one, 'spec'), 'taints')) ?? [];
  return taints.some(
    (taint) => memberOf(taint, 'effect') === 'NoSchedule' || memberOf(taint, 'effect') === 'NoExecute',
  );
}

function* publicNodes(state: ClusterState): Iterable<EvidenceFound> {
  for (const one of listed(state, 'nodes')) {
    const addresses = asList(memberOf(memberOf(one, 'status'), 'addresses')) ?? [];
    const outside = addresses.find((address) => memberOf(address, 'type') === 'ExternalIP');
    if (outside !== undefined)
      yield {
        message: `node ${nameOf(one)} has the public address ${String(memberOf(outside, 'address'))}: its kubelet and every NodePort answer there unless a firewall is in front`,
        resource: resource(one),
      };
  }
}

/** Networks by what their agent is called, and whether they hold NetworkPolicies. */
const NETWORKS: readonly (readonly [pattern: RegExp, title: string, enforces: boolean])[] = [
  [/^(?:calico-node|canal|rke2-canal)$/, 'Calico', true],
  [/^cilium$|^anetd$/, 'Cilium', true],
  [/^antrea-agent$/, 'Antrea', true],
  [/^(?:weave-net)$/, 'Weave', true],
  [/^kube-router$/, 'kube-router', true],
  [/^(?:ovnkube-node|ovs-ovn|kube-ovn-cni)/, 'OVN', true],
  [/^azure-npm$/, 'Azure Network Policy Manager', true],
  [/^kindnet$/, 'kindnet', true],
  [/^kube-flannel/, 'Flannel', false],
];

function unenforced(state: ClusterState): EvidenceAnswer {
  const policies = listed(state, 'networkpolicies.networking.k8s.io');
  if (policies.length === 0) return { notApplicable: 'there are no network policies' };
  if (flavourOf(state) === 'k3s') return [];
  const agents = listed(state, 'daemonsets.apps').map(nameOf);
  const found = NETWORKS.filter(([pattern]) => agents.some((agent) => pattern.test(agent)));
  if (found.length === 0 || found.some(([, , enforces]) => enforces)) return [];
  const titles = found.map(([, title]) => title).join(' and ');
  return [{ message: `${policies.length} network policies are there, and ${titles} holds none of them` }];
}

const TOKENS = 'kubernetes.io/service-account-token';

function* lastingTokens(state: ClusterState): Iterable<EvidenceFound> {
  for (const secret of listed(state, 'secrets')) {
    const account = memberOf(
      memberOf(memberOf(secret, 'metadata'), 'annotations'),
      'kubernetes.io/service-account.name',
    );
    if (memberOf(secret, 'type') !== TOKENS && account === undefined) continue;
    yield {
      message: `secret ${namespaceOf(secret)}/${nameOf(secret)} holds a token of ${String(account)} that never ends`,
      resource: resource(secret),
    };
  }
}

function* tiller(state: ClusterState): Iterable<EvidenceFound> {
  for (const one of objectsOf(state, 'deployments.apps'))
    if (nameOf(one) === 'tiller-deploy')
      yield {
        message: `Tiller runs in ${namespaceOf(one)}: whoever reaches its port deploys with its rights`,
        resource: resource(one),
      };
}

const role = { labels: { 'node-role.kubernetes.io/control-plane': '' } };
const tainted = { ...role, spec: { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] } };
const policies = { 'networkpolicies.networking.k8s.io': [named('deny', { spec: { podSelector: {} } }, 'shop')] };
const outside = (type: string) => ({
  nodes: [{ metadata: { name: 'a' }, status: { addresses: [{ type, address: '203.0.113.7' }] } }],
});

export const nodeChecks = [
  clusterCheck({
    id: 'cluster-control-plane-open',
    title: 'Everybody’s pods run beside the control plane',
    severity: 'medium',
    rationale: 'Who breaks out of a pod there has the keys of the cluster, and not those of one node.',
    remediation: 'Taint the nodes of the control plane with `NoSchedule`.',
    controls: ['SC-2', 'SC-7'],
    references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/'],
    pass: [cluster({ nodes: [node('a', 'v1.36.0', tainted), node('b', 'v1.36.0')] })],
    fail: [cluster({ nodes: [node('a', 'v1.36.0', role), node('b', 'v1.36.0')] })],
    find: openControlPlane,
  }),
  clusterCheck({
    id: 'cluster-node-public-address',
    title: 'A node has a public address',
    severity: 'low',
    rationale: 'Its kubelet, SSH and every NodePort are one firewall rule away from everybody.',
    remediation: 'Use nodes with private addresses only, behind a load balancer and a NAT gateway.',
    controls: ['AC-17', 'SC-7'],
    references: ['https://kubernetes.io/docs/concepts/security/api-server-bypass-risks/'],
    pass: [cluster(outside('InternalIP'))],
    fail: [cluster(outside('ExternalIP'))],
    find: publicNodes,
  }),
  clusterCheck({
    id: 'cluster-network-policies-ignored',
    title: 'Network policies are there, and the network holds none',
    severity: 'high',
    rationale: 'Everybody believes that pods are kept apart, and each of them reaches all others.',
    remediation:
      'Use a network that enforces NetworkPolicy, such as Calico, Cilium or Antrea, or Calico beside Flannel.',
    controls: ['CM-6', 'SC-7'],
    references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites'],
    pass: [
      cluster({ ...policies, 'daemonsets.apps': [named('cilium', {}, 'kube-system')] }),
      cluster({
        ...policies,
        'daemonsets.apps': [named('kube-flannel-ds', {}, 'kube-flannel'), named('canal', {}, 'kube-system')],
      }),
    ],
    fail: [cluster({ ...policies, 'daemonsets.apps': [named('kube-flannel-ds', {}, 'kube-flannel')] })],
    find: unenforced,
  }),
  clusterCheck({
    id: 'cluster-token-secret',
    title: 'A secret holds a token that never ends',
    severity: 'medium',
    rationale: 'Who read it once, in a backup or a log, may use it until somebody deletes the secret.',
    remediation: 'Delete the secret and use tokens that end: projected ones in pods, `kubectl create token` elsewhere.',
    controls: ['AC-2', 'IA-5'],
    references: ['https://kubernetes.io/docs/concepts/security/service-accounts/#authenticating-credentials'],
    pass: [cluster({ secrets: [named('web-tls', { type: 'kubernetes.io/tls' }, 'shop')] })],
    fail: [
      cluster({
        secrets: [
          {
            type: TOKENS,
            metadata: { name: 't', namespace: 'ci', annotations: { 'kubernetes.io/service-account.name': 'deploy' } },
          },
        ],
      }),
    ],
    find: lastingTokens,
  }),
  clusterCheck({
    id: 'cluster-tiller',
    title: 'Tiller of Helm 2 runs in the cluster',
    severity: 'critical',
    rationale: 'It asks nobody who they are and is mostly cluster-admin: every pod that reaches it has the cluster.',
    remediation:
      'Move the releases to Helm 3 and delete the deployment: `kubectl -n kube-system delete deployment tiller-deploy`.',
    controls: ['AC-3', 'AC-6'],
    references: ['https://helm.sh/docs/topics/v2_v3_migration/'],
    pass: [cluster({ 'deployments.apps': [named('web', {}, 'shop')] })],
    fail: [cluster({ 'deployments.apps': [named('tiller-deploy', {}, 'kube-system')] })],
    find: tiller,
  }),
];
