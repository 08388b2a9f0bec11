import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportedState } from '#posture/index.ts';
import { checkCluster } from './check-cluster.ts';

const rbacApi = 'rbac.authorization.k8s.io/v1';
const privileged = { containers: [{ name: 'a', image: 'a', securityContext: { privileged: true } }] };
const bootstrapped = { labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } };

function findingsOf(...objects: readonly Record<string, unknown>[]): string[] {
  const { state } = exportedState('x', objects, '2026-11-24T00:00:00Z');
  return checkCluster(state).findings.map(({ id, location }) => `${location.path} ${id}`);
}

test('what a controller made is told of at what it was made from, and pods of the node’s own files at themselves', () => {
  const pod = (name: string, owner?: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', ...(owner && { ownerReferences: [owner] }) },
    spec: privileged,
  });
  const found = findingsOf(
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { template: { spec: privileged } },
    },
    pod('web-1', { kind: 'ReplicaSet', name: 'web', controller: true }),
    pod('kube-apiserver-a', { kind: 'Node', name: 'a', controller: true }),
    pod('alone'),
  ).filter((one) => one.endsWith(' kubernetes-privileged'));
  assert.deepEqual(found.toSorted(), [
    'shop/Deployment/web kubernetes-privileged',
    'shop/Pod/alone kubernetes-privileged',
    'shop/Pod/kube-apiserver-a kubernetes-privileged',
  ]);
});

test('bindings that Kubernetes makes are passed over; one that only says that it is one is not', () => {
  const binding = (name: string, subject: object) => ({
    apiVersion: rbacApi,
    kind: 'ClusterRoleBinding',
    metadata: { name, ...bootstrapped },
    roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [subject],
  });
  const found = findingsOf(
    binding('cluster-admin', { kind: 'Group', name: 'system:masters' }),
    binding('system:job-controller', { kind: 'ServiceAccount', namespace: 'kube-system', name: 'job-controller' }),
    binding('system:hidden', { kind: 'ServiceAccount', namespace: 'shop', name: 'job-controller' }),
    binding('system:open', { kind: 'Group', name: 'system:authenticated' }),
  );
  assert.ok(
    found.every((one) => !one.includes('/cluster-admin ') && !one.includes('job-controller')),
    found.join('\n'),
  );
  for (const name of ['system:hidden', 'system:open'])
    assert.ok(
      found.some((one) => one.startsWith(`ClusterRoleBinding/${name} `)),
      name,
    );
});

test('places are told by their paths, and nothing is offered to be edited', () => {
  const { state } = exportedState(
    'x',
    [
      {
        apiVersion: rbacApi,
        kind: 'ClusterRole',
        metadata: { name: 'all' },
        rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }],
      },
      {
        apiVersion: rbacApi,
        kind: 'ClusterRoleBinding',
        metadata: { name: 'all' },
        roleRef: { kind: 'ClusterRole', name: 'all' },
        subjects: [{ kind: 'User', name: 'someone' }],
      },
    ],
    '2026-11-24T00:00:00Z',
  );
  const { findings } = checkCluster(state);
  assert.ok(
    findings.some(({ message }) => message.includes('at ClusterRole/all rules[0]')),
    findings.map(({ message }) => message).join('\n'),
  );
  assert.ok(findings.every(({ fix, message }) => fix === undefined && !/\bline \d/.test(message)));
});
