import assert from 'node:assert/strict';
import { checks, type TextEdit } from '#checks/index.ts';
import { parseYamlDocuments } from '#manifests/index.ts';
import type { Check, CheckHit } from '../../../src/checks/check.ts';
import { type KubernetesObject, Manifests } from '../../../src/checks/kubernetes/index.ts';
import { checkProblems, saysIncomplete } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const MAX_MENDED = 10;
const kubernetes = checks.filter(({ subject }) => subject === 'kubernetes');

const seeds = [
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, labels: {app: web}}\nspec:\n  replicas: 3\n  template:\n    spec:\n      hostNetwork: yes # why\n      volumes:\n      - {name: h, hostPath: {path: /var/run/docker.sock}}\n      containers:\n      - name: web\n        image: nginx:latest\n        securityContext:\n          privileged: true\n          capabilities:\n            add: [CAP_SYS_ADMIN]\n            drop:\n            - KILL\n        env:\n        - {name: DB_PASSWORD, value: hunter2hunter2}\n',
  '{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"hostPID": true, "containers": [{"name": "a", "securityContext": {}}]}}]}',
  'apiVersion: v1\r\nkind: Pod\r\nspec:\r\n  shareProcessNamespace: true\r\n  securityContext: &s {seccompProfile: {type: Unconfined}}\r\n  containers:\r\n    - <<: {name: a, image: "b@sha256:c"}\r\n      securityContext: *s\r\n',
  'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\nrules: [{apiGroups: ["*"], resources: ["*", pods/exec], verbs: ["*"]}]\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nroleRef: {kind: ClusterRole, name: r}\nsubjects: [{kind: Group, name: "system:masters"}]\n',
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec:\n  podSelector: {matchExpressions: [{key: a, operator: In, values: [b]}]}\n  egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]\n---\napiVersion: v1\nkind: Service\nspec: {type: LoadBalancer, externalIPs: [1.2.3.4], ports: [{port: 22}]}\n',
  'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nauthentication: {anonymous: {enabled: true}}\nreadOnlyPort: 10255\n',
];

/** Manifests through all checks; what a fix changes is what it says, and nothing else. */
export const manifests: FuzzTarget = {
  id: 'kubernetes-manifests',
  title: 'Kubernetes manifests and the edits that mend them',
  form: 'text',
  maxBytes: 8 * 1024,
  maxMs: 3000,
  testIterations: 40,
  seeds: () => seeds.map((seed) => Buffer.from(seed)),
  run(bytes) {
    const text = Buffer.from(bytes).toString('utf8');
    const { documents, problems } = parseYamlDocuments(text);
    checkProblems(problems);
    assert.ok(problems.length === 0 || saysIncomplete(problems));
    let mended = 0;
    for (const [index, object] of objectsOf(text).entries()) {
      for (const check of kubernetes) {
        const hits = hitsOf(check, object);
        for (const { fix } of hits) {
          if (fix === undefined || problems.length > 0 || mended++ > MAX_MENDED) continue;
          mends(check, hits, applyEdits(text, fix), index, documents.length);
        }
      }
    }
  },
};

function mends(check: Check, hits: readonly CheckHit[], after: string, index: number, documents: number): void {
  const parsed = parseYamlDocuments(after);
  assert.deepEqual(parsed.problems, [], `${check.id} leaves a readable document:\n${after}`);
  assert.equal(parsed.documents.length, documents, `${check.id} leaves as many documents`);
  const object = objectsOf(after)[index];
  assert.ok(object && hitsOf(check, object).length < hits.length, `${check.id} is mended:\n${after}`);
}

function objectsOf(text: string): KubernetesObject[] {
  const set = new Manifests();
  return parseYamlDocuments(text).documents.flatMap((document) => set.add(document));
}

function hitsOf(check: Check, object: KubernetesObject): CheckHit[] {
  const outcome = check.evaluate(object);
  return Symbol.iterator in outcome ? [...outcome] : [];
}

function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const backwards = edits.toSorted((a, b) => b.start - a.start);
  return backwards.reduce((mended, edit) => mended.slice(0, edit.start) + edit.text + mended.slice(edit.end), text);
}
