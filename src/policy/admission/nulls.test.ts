import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateAdmission, readManifest } from './index.ts';
import { withoutNulls } from './nulls.ts';
import { readPolicy } from './policy.ts';

test('members that are null are left out, at every depth', () => {
  const given = { a: null, b: { c: null, d: [{ e: null, f: 1 }, null] } };
  assert.deepEqual(withoutNulls(given), { b: { d: [{ f: 1 }, null] } });
  const plain = { a: { b: [1, { c: 2 }] } };
  assert.equal(withoutNulls(plain), plain);
});

const POLICY = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: one }
spec:
  matchConstraints: { resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }] }
  validations: [{ expression: '!has(object.spec.rights)' }]`;

for (const [version, outcome] of [
  ['v1', 'passed'],
  ['batch/v1', 'passed'],
  ['networking.k8s.io/v1', 'passed'],
  ['example.com/v1', 'failed'],
] as const)
  test(`null in ${version}`, () => {
    const policy = readManifest(POLICY, 'policy.yaml');
    const object = readManifest(
      `{ apiVersion: ${version}, kind: Thing, metadata: { name: a }, spec: { rights: null } }`,
      'a.yaml',
    );
    assert.ok(policy.ok && object.ok);
    const policies = policy.value.map((one) => readPolicy(one).policy);
    const [verdict] = evaluateAdmission({ policies, bindings: [], parameters: [] }, object.value);
    assert.equal(verdict?.outcome, outcome);
  });
