import type { ClusterState } from '#posture/index.ts';
import type { EvidenceFound } from '../../evidence-check.ts';
import { clusterCheck, listed } from '../cluster-check.ts';
import { cluster } from '../examples.ts';
import { type AttackPath, attackPaths } from './attack-paths.ts';

export { type AttackPath, type AttackPaths, attackPaths } from './attack-paths.ts';
export { footholdWords } from './footholds.ts';
export type { ExploitedImages } from './ways-in.ts';

/** Of each state once: a check for each goal asks, and walking through a large cluster takes seconds. */
const known = new WeakMap<ClusterState, readonly AttackPath[]>();

function pathsOf(state: ClusterState): readonly AttackPath[] {
  const paths = known.get(state) ?? attackPaths(state).paths;
  known.set(state, paths);
  return paths;
}

function* pathsTo(goal: AttackPath['goal'], state: ClusterState): Iterable<EvidenceFound> {
  listed(state, 'services');
  for (const path of pathsOf(state)) {
    if (path.goal !== goal) continue;
    const steps = path.steps.map(({ how }, index) => `${index + 1}. ${how}`).join('; ');
    const cheapest = path.steps.flatMap(({ cut }) => cut ?? []).sort((a, b) => a.cost - b.cost)[0];
    yield {
      message: `${path.what} from outside: ${steps}`,
      ...(cheapest && { remediation: `${cheapest.what}.` }),
      resource: { kind: 'path', name: `${path.entry ?? 'anonymous'} to ${path.what}` },
    };
  }
}

const RBAC = 'rbac.authorization.k8s.io';
const web = (spec: object, more: object = {}) => ({
  services: [
    {
      metadata: { name: 'web', namespace: 'shop' },
      spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }] },
    },
  ],
  'deployments.apps': [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { containers: [{ name: 'web', image: 'web', ...more }], ...spec },
        },
      },
    },
  ],
});
const bound = {
  [`clusterrolebindings.${RBAC}`]: [
    {
      metadata: { name: 'web' },
      roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', namespace: 'shop', name: 'web' }],
    },
  ],
};
const privileged = { securityContext: { privileged: true } };

export const pathChecks = [
  clusterCheck({
    id: 'cluster-path-to-cluster',
    title: 'There is a way from outside to the whole cluster',
    severity: 'critical',
    rationale: 'One hole in one program is enough: every further step is a right or a setting that somebody gave.',
    remediation: 'Take one step of the way: the right, the token or the hold on the node that is not needed.',
    controls: ['AC-6', 'RA-3', 'SC-7'],
    references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
    pass: [
      cluster({ ...web({ serviceAccountName: 'web', automountServiceAccountToken: false }), ...bound }),
      cluster(web({ serviceAccountName: 'web' })),
    ],
    fail: [cluster({ ...web({ serviceAccountName: 'web' }), ...bound })],
    find: (state) => pathsTo('cluster', state),
  }),
  clusterCheck({
    id: 'cluster-path-to-node',
    title: 'There is a way from outside to a node',
    severity: 'high',
    rationale: 'Who has a node has all that runs on it: its data, its tokens, and what they may do.',
    remediation: 'Take one step of the way: mostly the hold on the node that a container has.',
    controls: ['AC-6', 'RA-3', 'SC-39'],
    references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
    pass: [cluster(web({}))],
    fail: [cluster(web({}, privileged))],
    find: (state) => pathsTo('node', state),
  }),
  clusterCheck({
    id: 'cluster-path-to-data',
    title: 'There is a way from outside to where data is kept',
    severity: 'medium',
    rationale: 'A program that was broken into may connect to it, and nothing but a password is left between.',
    remediation: 'Let in by a NetworkPolicy only those pods that use the data.',
    controls: ['AC-4', 'RA-3', 'SC-7'],
    references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
    pass: [cluster(web({}))],
    fail: [cluster(withStore())],
    find: (state) => pathsTo('data', state),
  }),
];

function withStore() {
  const shop = web({});
  const store = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db', namespace: 'data' },
    spec: {
      template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'db', image: 'postgres:17' }] } },
    },
  };
  return { ...shop, 'statefulsets.apps': [store] };
}
