import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readManifest, readPolicy } from '../admission/index.ts';
import { policySubjects } from './index.ts';

/** The first thing that is wrong with a policy of one expression about these resources. */
function faultsOf(expression: string, resources: readonly string[], group = 'plimsoll.dev'): string[] {
  const rule = { apiGroups: [group], apiVersions: ['v1'], operations: ['CREATE'], resources };
  const spec = { matchConstraints: { resourceRules: [rule] }, validations: [{ expression }] };
  const kind = 'ValidatingAdmissionPolicy';
  const policy = { apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name: 'one' }, spec };
  const read = readManifest(JSON.stringify(policy), 'policy.yaml');
  assert.ok(read.ok);
  return read.value.flatMap((object) =>
    readPolicy(object)
      .faults.slice(0, 1)
      .map(({ message }) => message),
  );
}

describe('expressions are checked against the description of the object', () => {
  for (const { kind, resource, example } of policySubjects)
    test(`the example of ${kind}`, () => assert.deepEqual(faultsOf(example, [resource]), []));

  const cases: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
    ['a member that is not there', 'object.spec.nope', ['images'], ["no such field 'nope' in plimsoll.dev.Image.spec"]],
    [
      'a member of an item',
      'object.spec.layers.all(l, l.size > 3)',
      ['images'],
      ["no such field 'size' in plimsoll.dev.Image.spec.layers"],
    ],
    ['an optional one', 'object.spec.?epss.orValue(0.0) < 0.5 && !has(object.spec.line)', ['findings'], []],
    [
      'a wrong type',
      "object.spec.isOpen == 'yes'",
      ['findings'],
      ["found no matching overload for '_==_' applied to '(bool, string)'"],
    ],
    ['several kinds: anything', 'object.spec.nope', ['findings', 'images'], []],
  ];
  for (const [name, expression, resources, faults] of cases)
    test(name, () => assert.deepEqual(faultsOf(expression, resources), faults));

  test('objects of Kubernetes: anything', () => assert.deepEqual(faultsOf('object.spec.nope', ['images'], 'apps'), []));
});
