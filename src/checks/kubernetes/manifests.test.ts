import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYamlDocuments } from '#manifests/index.ts';
import type { CheckHit } from '../check.ts';
import { type KubernetesObject, kubernetesChecks, Manifests } from './index.ts';

function objectsIn(text: string): KubernetesObject[] {
  const manifests = new Manifests();
  return parseYamlDocuments(text).documents.flatMap((document) => manifests.add(document));
}

function hits(object: KubernetesObject | undefined, id: string): CheckHit[] {
  const check = kubernetesChecks.find((one) => one.id === id);
  assert.ok(check && object);
  const outcome = check.evaluate(object);
  return Symbol.iterator in outcome ? [...outcome] : [];
}

test('what is a manifest', () => {
  for (const [text, kinds] of [
    ['apiVersion: v1\nkind: Pod\n', ['Pod']],
    ['apiVersion: apps/v1\nkind: Deployment\n---\napiVersion: v1\nkind: Service\n', ['Deployment', 'Service']],
    ['apiVersion: cert-manager.io/v1alpha2\nkind: Issuer\n', ['Issuer']],
    ['{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Pod"}, {"a": 1}]}', ['Pod']],
    ['apiVersion: v1\nkind: PodList\nitems:\n  - {apiVersion: v1, kind: Pod}\n', ['Pod']],
    ['apiVersion: apps/v1\nkind: DeploymentList\nitems:\n  - {metadata: {name: web}}\n', ['Deployment']],
    [
      '{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Pod}]}]}',
      ['Pod'],
    ],
    ['apiVersion: v2\nname: chart\n', []],
    ['apiVersion: 2\nkind: Pod\n', []],
    ['kind: Pod\n', []],
    ['- apiVersion: v1\n  kind: Pod\n', []],
    ['__proto__: {kind: Pod, apiVersion: v1}\n', []],
  ] as const) {
    assert.deepEqual(
      objectsIn(text).map(({ kind }) => kind),
      kinds,
      text,
    );
  }
});

const POD =
  'containers: [{name: a, securityContext: {privileged: true}}], initContainers: [{name: b, securityContext: {privileged: true}}]';

test('containers of workflows and pipelines', () => {
  const privileged = 'securityContext: {privileged: true}';
  for (const [head, spec, count] of [
    ['argoproj.io/v1alpha1 Workflow', `{templates: [{name: a, container: {${privileged}}}, {name: b, dag: {}}]}`, 1],
    [
      'argoproj.io/v1alpha1 WorkflowTemplate',
      `{templates: [{name: a, script: {${privileged}}, sidecars: [{name: s}]}]}`,
      1,
    ],
    [
      'argoproj.io/v1alpha1 ClusterWorkflowTemplate',
      `{templates: [{containerSet: {containers: [{name: a, ${privileged}}]}}]}`,
      1,
    ],
    [
      'argoproj.io/v1alpha1 CronWorkflow',
      `{workflowSpec: {templates: [{initContainers: [{name: i, ${privileged}}]}]}}`,
      1,
    ],
    ['tekton.dev/v1 Task', `{steps: [{name: a, ${privileged}}, {name: b}], sidecars: [{name: c, ${privileged}}]}`, 2],
    ['tekton.dev/v1 TaskRun', `{taskSpec: {steps: [{name: a, ${privileged}}]}}`, 1],
    ['example.com/v1 Workflow', `{templates: [{container: {${privileged}}}]}`, 0],
  ] as const) {
    const [apiVersion, kind] = head.split(' ');
    const [object] = objectsIn(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\nspec: ${spec}\n`);
    assert.equal(hits(object, 'kubernetes-privileged').length, count, head);
  }
});

test('every kind that makes pods', () => {
  for (const [head, spec] of [
    ['v1 Pod', `{${POD}}`],
    ['apps/v1 Deployment', `{template: {spec: {${POD}}}}`],
    ['apps/v1 StatefulSet', `{template: {spec: {${POD}}}}`],
    ['apps/v1 DaemonSet', `{template: {spec: {${POD}}}}`],
    ['apps/v1 ReplicaSet', `{template: {spec: {${POD}}}}`],
    ['v1 ReplicationController', `{template: {spec: {${POD}}}}`],
    ['batch/v1 Job', `{template: {spec: {${POD}}}}`],
    ['batch/v1 CronJob', `{jobTemplate: {spec: {template: {spec: {${POD}}}}}}`],
    ['argoproj.io/v1alpha1 Rollout', `{template: {spec: {${POD}}}}`],
    ['agents.x-k8s.io/v1alpha1 Sandbox', `{podTemplate: {spec: {${POD}}}}`],
  ] as const) {
    const [apiVersion, kind] = head.split(' ');
    const [object] = objectsIn(`apiVersion: ${apiVersion}\nkind: ${kind}\nspec: ${spec}\n`);
    assert.equal(hits(object, 'kubernetes-privileged').length, 2, head);
  }
  const [template] = objectsIn(`apiVersion: v1\nkind: PodTemplate\ntemplate: {spec: {${POD}}}\n`);
  assert.equal(hits(template, 'kubernetes-privileged').length, 2, 'PodTemplate');
  const [other] = objectsIn('apiVersion: shop.example.com/v1\nkind: Order\nspec: {containers: 3}\n');
  assert.equal(other?.workload, undefined);
});

test('places and names inside a list', () => {
  const text = `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Pod
    metadata: {name: web, namespace: shop}
    spec:
      hostPID: true
      containers: []
`;
  const [hit] = hits(objectsIn(text)[0], 'kubernetes-host-pid');
  assert.equal(hit?.position.line, 8);
  assert.deepEqual(hit?.resource, { kind: 'v1/Pod', name: 'web', namespace: 'shop' });
  const [edit] = hit?.fix ?? [];
  assert.equal(text.slice(edit?.start, edit?.end), 'true');
});

test('truths of YAML 1.1, which the server reads', () => {
  for (const truth of ['true', 'yes', 'on', 'Y', '"true"']) {
    const [object] = objectsIn(`apiVersion: v1\nkind: Pod\nspec: {hostNetwork: ${truth}, containers: []}\n`);
    assert.equal(hits(object, 'kubernetes-host-network').length, 1, truth);
  }
});

test('what other manifests say counts in their namespace only', () => {
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, labels: {app: web}}\nspec: {containers: []}\n';
  const policy = (namespace: string, app: string) =>
    `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: ${namespace}}\nspec: {podSelector: {matchExpressions: [{key: app, operator: In, values: [${app}]}]}}\n`;
  for (const [rest, expected] of [
    ['', 1],
    [policy('shop', 'web'), 0],
    [policy('shop', 'db'), 1],
    [policy('other', 'web'), 1],
  ] as const) {
    assert.equal(hits(objectsIn(pod + rest)[0], 'kubernetes-network-policy-missing-ingress').length, expected, rest);
  }
});
