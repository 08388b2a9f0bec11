import { memberOf } from '#foundation/documents/index.ts';
import { type ClusterState, need } from '#posture/index.ts';
import kubernetes from '../../../content/kubernetes/releases.json' with { type: 'json' };
import type { EvidenceFound } from '../evidence-check.ts';
import { clusterCheck, listed, nameOf, resource } from './cluster-check.ts';
import { cluster, node } from './examples.ts';

const SKEW = 'https://kubernetes.io/releases/version-skew-policy/';
const RELEASES = 'https://kubernetes.io/releases/patch-releases/';

/** The minor of `v1.33.4-eks-1234`; undefined for what is no such version. */
function minorOf(version: string): number | undefined {
  const minor = /^v?1\.(\d{1,3})(?:\D|$)/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

function endOfLife(minor: number): string | undefined {
  return kubernetes.releases.find(({ version }) => version === `1.${minor}`)?.endOfLife;
}

/** A minor that is older than all that are listed has ended; one that is newer is not known. */
function ended(minor: number, today: string): string | undefined {
  const minors = kubernetes.releases.flatMap(({ version }) => minorOf(version) ?? []);
  const end = endOfLife(minor);
  if (end === undefined) return minor < Math.min(...minors) ? 'years ago' : undefined;
  return end < today.slice(0, 10) ? `on ${end}` : undefined;
}

function kubeletOf(node: unknown): string {
  return String(memberOf(memberOf(memberOf(node, 'status'), 'nodeInfo'), 'kubeletVersion') ?? '');
}

function* endedServer(state: ClusterState): Iterable<EvidenceFound> {
  const version = need(state.version);
  const minor = minorOf(version);
  const end = minor === undefined ? undefined : ended(minor, state.collectedAt);
  if (end !== undefined) yield { message: `the API server is ${version}; support of 1.${minor} ended ${end}` };
}

function* endedNodes(state: ClusterState): Iterable<EvidenceFound> {
  for (const one of listed(state, 'nodes')) {
    const version = kubeletOf(one);
    const minor = minorOf(version);
    const end = minor === undefined ? undefined : ended(minor, state.collectedAt);
    if (end !== undefined)
      yield {
        message: `node ${nameOf(one)} runs kubelet ${version}; support of 1.${minor} ended ${end}`,
        resource: resource(one),
      };
  }
}

/** A kubelet may be three minors older than the API server, and never newer. */
const MAX_SKEW = 3;

function* skewedNodes(state: ClusterState): Iterable<EvidenceFound> {
  const server = minorOf(need(state.version));
  if (server === undefined) return;
  for (const one of listed(state, 'nodes')) {
    const version = kubeletOf(one);
    const minor = minorOf(version);
    if (minor === undefined || (minor <= server && server - minor <= MAX_SKEW)) continue;
    const how = minor > server ? 'newer than' : `${server - minor} minors older than`;
    yield {
      message: `node ${nameOf(one)} runs kubelet ${version}, ${how} the API server`,
      resource: resource(one),
    };
  }
}

export const versionChecks = [
  clusterCheck({
    id: 'cluster-version-end-of-life',
    title: 'The API server is of a release that gets no fixes any more',
    severity: 'high',
    rationale:
      'Holes that are found in Kubernetes after the end of a release stay open in it, and are described in public.',
    remediation: 'Upgrade the control plane one minor after the other, then the nodes.',
    controls: ['SI-2', 'SA-22'],
    references: [RELEASES],
    pass: [cluster({})],
    fail: [cluster({}, { version: 'v1.29.4+k3s1' }), cluster({}, { version: 'v1.15.0' })],
    find: endedServer,
  }),
  clusterCheck({
    id: 'cluster-node-end-of-life',
    title: 'A node runs a kubelet that gets no fixes any more',
    severity: 'high',
    rationale: 'The kubelet starts containers as root: an open hole in it is a way from a container to the node.',
    remediation:
      'Drain the node (`kubectl drain NODE --ignore-daemonsets`), upgrade its kubelet or replace it, and let it back in.',
    controls: ['SI-2', 'SA-22'],
    references: [RELEASES],
    pass: [cluster({ nodes: [node('a', 'v1.36.1')] })],
    fail: [cluster({ nodes: [node('a', 'v1.36.1'), node('b', 'v1.30.0-eks-1552ad0')] })],
    find: endedNodes,
  }),
  clusterCheck({
    id: 'cluster-node-skew',
    title: 'A node is too old or too new for the API server',
    severity: 'medium',
    rationale:
      'Outside of the supported distance a kubelet may not enforce what the API server promises: new fields are ignored in silence.',
    remediation: 'Upgrade the nodes to a minor that is at most three behind the API server, or the API server first.',
    controls: ['CM-2', 'SI-2'],
    references: [SKEW],
    pass: [cluster({ nodes: [node('a', 'v1.33.1')] })],
    fail: [cluster({ nodes: [node('a', 'v1.32.1')] }), cluster({ nodes: [node('a', 'v1.37.0')] })],
    find: skewedNodes,
  }),
];
