import assert from 'node:assert/strict';
import { parseYamlDocuments } from '#manifests/index.ts';
import { labelsOfNamespace, Network } from '#network/index.ts';
import { authorize, permissionsOf, Rbac, whoCan } from '#rbac/index.ts';
import type { FuzzTarget } from '../target.ts';

const seeds = [
  'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r, labels: {a: b}}\nrules: [{apiGroups: ["*"], resources: [pods, "*/exec"], verbs: ["*"], resourceNames: [a]}, {nonResourceURLs: ["/a/*"], verbs: [get]}]\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: all}\naggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}, {matchExpressions: [{key: a, operator: In, values: [b]}]}]}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, namespace: shop}\nroleRef: {kind: ClusterRole, name: all}\nsubjects: [{kind: ServiceAccount, name: web}, {kind: Group, name: "system:authenticated"}]\n',
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec:\n  podSelector: {matchLabels: {app: web}}\n  policyTypes: [Ingress, Egress]\n  ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}, {namespaceSelector: {}}], ports: [{port: 80, endPort: 90}, {port: http, protocol: UDP}]}]\n  egress: [{to: [{ipBlock: {cidr: "2001:db8::/32"}}]}]\n---\napiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: {name: a}\nspec:\n  priority: 5\n  subject: {namespaces: {}}\n  ingress: [{action: Deny, from: [{namespaces: {}}], ports: [{portRange: {protocol: TCP, start: 1, end: 9}}]}]\n',
];

const user = { name: 'system:serviceaccount:shop:web' };
const get = { verb: 'get', group: '', resource: 'pods', namespace: 'shop' };

/** What the objects of a cluster allow and let through: answers that agree with each other, whatever the objects are. */
export const cluster: FuzzTarget = {
  id: 'cluster-objects',
  title: 'Roles, bindings and network policies',
  form: 'text',
  maxBytes: 8 * 1024,
  seeds: () => seeds.map((seed) => Buffer.from(seed)),
  run(bytes) {
    const { documents } = parseYamlDocuments(Buffer.from(bytes).toString('utf8'));
    const objects = documents.map(({ value }) => value);
    const rbac = new Rbac(objects);
    const { grants, missing } = permissionsOf(rbac, user);
    const answer = authorize(rbac, user, get);
    if (answer.state === 'allowed') assert.ok(whoCan(rbac, get).grants.length > 0);
    if (answer.state === 'unknown') assert.ok(missing.length > 0);
    assert.ok(grants.every(({ rule }) => rule.role.rules[rule.index] === rule.rule));
    reaches(new Network(objects));
  },
};

function reaches(network: Network): void {
  const endpoint = {
    namespace: 'shop',
    labels: { app: 'web' },
    namespaceLabels: labelsOfNamespace('shop', {}),
    isOnHostNetwork: false,
    ports: [{ name: 'http', protocol: 'UDP', port: 80 }],
  } as const;
  const pods = { kind: 'pods', endpoint } as const;
  const within = network.between(pods, pods);
  assert.ok(within.without(within).isEmpty && within.and(within).equals(within));
  const parts = network.addressParts();
  assert.ok(parts.every(({ first, last }) => first <= last));
  for (const range of parts.slice(0, 20)) network.between(pods, { kind: 'addresses', range });
}
