import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseYamlDocuments } from '#manifests/index.ts';
import { evaluateChecks } from '../../evaluate.ts';
import type { MisconfigurationFinding } from '../../finding.ts';
import { clusterRole, clusterRoleBinding, manifest, roleBinding } from '../examples.ts';
import { gapsOf } from '../gaps.ts';
import { Manifests } from '../manifests.ts';

const WEB = '{kind: ServiceAccount, name: web, namespace: shop}';
const ROLE = 'ClusterRole operator';

/** @param files one text each */
function findingsIn(...files: readonly string[]): MisconfigurationFinding[] {
  const manifests = new Manifests();
  const objects = files.flatMap((text, index) =>
    parseYamlDocuments(text).documents.flatMap((document) => manifests.add(document, `${index}.yaml`)),
  );
  return objects.flatMap((object) => [...evaluateChecks('kubernetes', object, object.file).findings]);
}

/** Ids of what a service account is found to have, without the part that all share. */
function rightsWith(rule: string, binding = clusterRoleBinding(ROLE, WEB)): string[] {
  return findingsIn(`${binding}---\n${clusterRole(rule)}`)
    .filter(({ resource }) => resource?.kind.endsWith('Binding'))
    .map(({ id }) => id.replace('kubernetes-role-', ''));
}

describe('grants that other tools do not see', () => {
  const table: readonly [what: string, rule: string, right: string][] = [
    [
      'impersonation of users in the core group',
      '{apiGroups: [""], resources: [users], verbs: [impersonate]}',
      'impersonate',
    ],
    [
      'impersonation of extra fields',
      '{apiGroups: [authentication.k8s.io], resources: [userextras/scopes], verbs: [impersonate]}',
      'impersonate',
    ],
    [
      'impersonation of uids',
      '{apiGroups: [authentication.k8s.io], resources: [uids], verbs: [impersonate]}',
      'impersonate',
    ],
    [
      'escalate on clusterroles only',
      '{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [escalate]}',
      'escalate',
    ],
    ['nodes/proxy by a wildcard of resources', '{apiGroups: [""], resources: ["*"], verbs: [get]}', 'node-proxy'],
    [
      'nodes/proxy by a wildcard of what is before it',
      '{apiGroups: [""], resources: ["*/proxy"], verbs: [get]}',
      'node-proxy',
    ],
    ['nodes/proxy with get alone', '{apiGroups: [""], resources: [nodes/proxy], verbs: [get]}', 'node-proxy'],
    ['attach in the core group', '{apiGroups: [""], resources: [pods/attach], verbs: [create]}', 'pod-attach'],
    ['exec with get alone', '{apiGroups: [""], resources: [pods/exec], verbs: [get]}', 'pod-exec'],
    [
      'exec by a wildcard of what is before it',
      '{apiGroups: [""], resources: ["*/exec"], verbs: [create]}',
      'pod-exec',
    ],
    [
      'patch of webhooks',
      '{apiGroups: [admissionregistration.k8s.io], resources: [mutatingwebhookconfigurations], verbs: [patch]}',
      'admission',
    ],
    [
      'patch of approvals',
      '{apiGroups: [certificates.k8s.io], resources: [certificatesigningrequests/approval], verbs: [patch]}',
      'certificates',
    ],
    ['pods made by a controller', '{apiGroups: [batch], resources: [cronjobs], verbs: [create]}', 'workloads'],
    [
      'ephemeral containers',
      '{apiGroups: [""], resources: [pods/ephemeralcontainers], verbs: [patch]}',
      'ephemeral-containers',
    ],
    [
      'exec in one pod by name',
      '{apiGroups: [""], resources: [pods/exec], verbs: [create], resourceNames: [web-0]}',
      'pod-exec',
    ],
    ['the status of pods', '{apiGroups: [""], resources: [pods/status], verbs: [patch]}', 'pod-status'],
    ['the status of services', '{apiGroups: [""], resources: [services/status], verbs: [patch]}', 'networking'],
    ['a list of secrets', '{apiGroups: ["*"], resources: [secrets], verbs: [list]}', 'secrets'],
    [
      'the ConfigMap of sign-in',
      '{apiGroups: [""], resources: [configmaps], verbs: [patch], resourceNames: [aws-auth]}',
      'aws-auth',
    ],
  ];
  for (const [what, rule, right] of table) test(what, () => assert.ok(rightsWith(rule).includes(right)));
});

describe('what is no grant', () => {
  const table: readonly [what: string, rule: string, binding?: string][] = [
    ['pods/* is no pattern', '{apiGroups: [""], resources: [pods/*], verbs: [create, get]}'],
    ['nodes/* is no pattern', '{apiGroups: [""], resources: [nodes/*], verbs: [get]}'],
    ['a verb in capitals', '{apiGroups: [""], resources: [secrets], verbs: [GET]}'],
    ['a secret by name', '{apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [web-tls]}'],
    ['making of a pod of a name', '{apiGroups: [""], resources: [pods], verbs: [create], resourceNames: [web]}'],
    ['nodes in a namespace', '{apiGroups: [""], resources: [nodes/proxy], verbs: [get]}', roleBinding(ROLE, WEB)],
    [
      'volumes in a namespace',
      '{apiGroups: [""], resources: [persistentvolumes], verbs: [create]}',
      roleBinding(ROLE, WEB),
    ],
    ['secrets of another group', '{apiGroups: [shop.example.com], resources: [secrets], verbs: [get]}'],
    [
      'users as somebody of a namespace',
      '{apiGroups: [""], resources: [users], verbs: [impersonate]}',
      roleBinding(ROLE, WEB),
    ],
  ];
  for (const [what, rule, binding] of table) test(what, () => assert.deepEqual(rightsWith(rule, binding), []));
});

describe('where it is told', () => {
  const rule = '{apiGroups: [""], resources: [secrets], verbs: [get, list]}';
  const secretsIn = (...files: readonly string[]) => findingsIn(...files).filter(({ id }) => id.endsWith('-secrets'));

  test('at each subject of the binding, with binding and rule', () => {
    const binding = clusterRoleBinding(ROLE, `${WEB}\n  - {kind: Group, name: ops}`);
    const [first, second, ...more] = secretsIn(binding, clusterRole(rule));
    assert.deepEqual(more, []);
    assert.equal(
      first?.message,
      'ServiceAccount shop/web may get and list secrets in the whole cluster: ClusterRoleBinding operators (line 5) gives ClusterRole operator, by its rule at 1.yaml:6',
    );
    assert.deepEqual([first?.location.path, first?.position.line, first?.severity], ['0.yaml', 7, 'high']);
    assert.match(second?.message ?? '', /^Group ops may/);
  });

  test('less severe in one namespace, but not in that of the cluster', () => {
    const system = roleBinding(ROLE, WEB).replace('namespace: shop', 'namespace: kube-system');
    assert.equal(secretsIn(roleBinding(ROLE, WEB), clusterRole(rule))[0]?.severity, 'medium');
    assert.equal(secretsIn(system, clusterRole(rule))[0]?.severity, 'high');
  });

  test('at the role where nobody has it, and then only there', () => {
    const [first, ...more] = secretsIn(clusterRole(rule));
    assert.deepEqual(more, []);
    assert.deepEqual([first?.severity, first?.position.line], ['low', 6]);
    assert.match(first?.message ?? '', /no binding/);
  });

  test('a binding without subjects gives it to nobody', () => {
    const empty = clusterRoleBinding(ROLE, WEB).replace(`\n  - ${WEB}`, ' []');
    assert.match(secretsIn(empty, clusterRole(rule))[0]?.message ?? '', /no binding/);
  });

  test('through a role that is made of others', () => {
    const part = clusterRole(rule).replace('name: operator', 'name: part\n  labels: {to: operator}');
    const made = manifest(
      'rbac.authorization.k8s.io/v1 ClusterRole operator',
      'aggregationRule:\n  clusterRoleSelectors:\n    - matchLabels: {to: operator}',
      '',
    );
    const found = secretsIn(clusterRoleBinding(ROLE, WEB), made, part);
    assert.equal(found.length, 1);
    assert.match(found[0]?.message ?? '', /by the rule of part at 2\.yaml:7$/);
  });

  test('beside the binding, where variants of an installation lie in one directory', () => {
    const variant = `${clusterRoleBinding(ROLE, WEB)}---\n${clusterRole(rule)}`;
    const messages = secretsIn(variant, variant).map(({ message }) => message);
    assert.equal(messages.length, 2);
    for (const message of messages) assert.match(message, /by its rule at line 14$/);
  });

  test('names that limit it are told', () => {
    const named = clusterRole(
      '{apiGroups: [apps], resources: [deployments], verbs: [patch], resourceNames: [web, api]}',
    );
    const [found] = findingsIn(clusterRoleBinding(ROLE, WEB), named).filter(({ id }) => id.endsWith('-workloads'));
    assert.match(found?.message ?? '', /may patch deployments named web and api in the whole cluster/);
  });

  test('everything is told once', () => {
    const everything = clusterRole('{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}');
    const ids = findingsIn(clusterRoleBinding(ROLE, WEB), everything).map(({ id }) => id);
    assert.deepEqual(ids, ['kubernetes-binding-everything']);
  });

  test('roles that every cluster has count', () => {
    const ids = findingsIn(clusterRoleBinding('ClusterRole system:kubelet-api-admin', WEB)).map(({ id }) => id);
    assert.ok(ids.includes('kubernetes-role-node-proxy'));
  });

  test('a role of the same name in another namespace is another', () => {
    const role = manifest('rbac.authorization.k8s.io/v1 Role operator', `rules:\n  - ${rule}`, 'other');
    const found = findingsIn(roleBinding('Role operator', WEB), role);
    assert.deepEqual(
      found.map(({ id, severity }) => [id, severity]),
      [['kubernetes-role-secrets', 'low']],
    );
  });

  test('a role that is not there is said to be unknown', () => {
    const manifests = new Manifests();
    const texts = [roleBinding('Role gone', WEB), roleBinding('ClusterRole view', WEB), clusterRole(rule)];
    const objects = texts.flatMap((text) => parseYamlDocuments(text).documents.flatMap((one) => manifests.add(one)));
    assert.deepEqual(objects.flatMap(gapsOf), [
      'line 6: what Role gone allows is not known, as it is not among these manifests',
    ]);
  });
});
