import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  evaluateAdmission,
  isBinding,
  isPolicy,
  readBinding,
  readManifest,
  readPolicy,
  type Verdict,
} from './index.ts';

function objectsOf(text: string, file = 'manifest.yaml') {
  const read = readManifest(text, file);
  assert.ok(read.ok, read.ok ? '' : read.error);
  return read.value;
}

function judge(policies: string, manifests: string): Verdict[] {
  const objects = objectsOf(policies, 'policy.yaml');
  const read = objects.filter(isPolicy).map(readPolicy);
  assert.deepEqual(
    read.flatMap(({ faults }) => faults),
    [],
  );
  const set = {
    policies: read.map(({ policy }) => policy),
    bindings: objects.filter(isBinding).map(readBinding),
    parameters: objects.filter((object) => !isPolicy(object) && !isBinding(object)),
  };
  return [...evaluateAdmission(set, objectsOf(manifests))];
}

const PODS = "[{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }]";

/** A policy about pods with the given members of its spec. */
function policy(spec: string, rules = PODS): string {
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: sample }
spec:
  matchConstraints: { resourceRules: ${rules} }
${spec.replace(/^/gm, '  ')}`;
}

function pod(spec = 'containers: [{ name: a, image: "a:1" }]', metadata = 'name: one'): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: { ${metadata} }\nspec: { ${spec} }\n`;
}

const one = (expression: string): string => `validations: [{ expression: ${JSON.stringify(expression)} }]`;

describe('what a policy says of an object', () => {
  const table: readonly [name: string, spec: string, manifest: string, outcome: Verdict['outcome'], words?: RegExp][] =
    [
      ['holds', one('object.spec.containers.all(c, has(c.image))'), pod(), 'passed'],
      [
        'does not hold',
        one('object.spec.hostNetwork == false'),
        pod('hostNetwork: true'),
        'failed',
        /^failed expression: object/,
      ],
      ['has an error', one('object.spec.hostNetwork'), pod(), 'failed', /no such key: hostNetwork/],
      [
        'has an error that may pass',
        `failurePolicy: Ignore\n${one('object.spec.hostNetwork')}`,
        pod(),
        'ignored',
        /no such key/,
      ],
      ['gives no bool', one('object.metadata.name'), pod(), 'failed', /gives no bool/],
      [
        'is only about some, and not this',
        `matchConditions: [{ name: shop, expression: "request.namespace == 'shop'" }]\n${one('false')}`,
        pod(),
        'skipped',
      ],
      [
        'has an error in its condition',
        `matchConditions: [{ name: team, expression: "object.metadata.labels.team == 'a'" }]\n${one('true')}`,
        pod(),
        'failed',
        /match condition team: no such key: labels/,
      ],
      [
        'makes its message',
        `validations: [{ expression: "false", message: plain, messageExpression: "'pod ' + object.metadata.name" }]`,
        pod(),
        'failed',
        /^pod one$/,
      ],
      [
        'cannot make its message',
        `validations: [{ expression: "false", message: plain, messageExpression: "object.metadata.nope" }]`,
        pod(),
        'failed',
        /^plain$/,
      ],
      [
        'an unused variable has an error',
        `variables: [{ name: x, expression: 1 / 0 }]\n${one('true')}`,
        pod(),
        'passed',
      ],
      [
        'variables use each other',
        `variables:\n- { name: all, expression: object.spec.containers }\n- { name: names, expression: "variables.all.map(c, c.name)" }\n${one("variables.names == ['a']")}`,
        pod(),
        'passed',
      ],
      ['the old object is null', one("oldObject == null && request.operation == 'CREATE'"), pod(), 'passed'],
      [
        'the resource has a name',
        one("request.resource.resource == 'pods' && request.kind.kind == 'Pod'"),
        pod(),
        'passed',
      ],
      [
        'numbers are whole as an API server has them',
        one('object.spec.runAsUser == 493 && type(object.spec.runAsUser) == int'),
        pod('runAsUser: 0755'),
        'passed',
      ],
      [
        'the authorizer is asked',
        one("authorizer.group('').resource('pods').check('get').allowed()"),
        pod(),
        'failed',
        /who may do what is not known/,
      ],
    ];
  for (const [name, spec, manifest, outcome, words] of table) {
    test(name, () => {
      const [verdict] = judge(policy(spec), manifest);
      assert.equal(verdict?.outcome, outcome, verdict?.failures[0]?.message);
      if (words !== undefined) assert.match(verdict?.failures[0]?.message ?? '', words);
    });
  }

  test('says which expression and where, and its annotations', () => {
    const spec = `validations:\n- expression: "false"\n  reason: Forbidden\nauditAnnotations: [{ key: image, valueExpression: "object.spec.containers[0].image" }]`;
    const [verdict] = judge(policy(spec), `# a manifest\n${pod()}`);
    assert.deepEqual(verdict, {
      policy: 'sample',
      object: 'v1/Pod default/one',
      place: 'manifest.yaml:2:1',
      outcome: 'failed',
      actions: ['Deny'],
      failures: [
        {
          message: 'failed expression: false',
          reason: 'Forbidden',
          expression: 'false',
          place: 'policy.yaml:7:17',
          isError: false,
        },
      ],
      annotations: { image: 'a:1' },
    });
  });
});

describe('which objects a policy is about', () => {
  const rule = (more: string): string => `[{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], ${more} }]`;
  const object = (apiVersion: string, kind: string): string =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }\n`;
  const table: readonly [rules: string, manifest: string, isAbout: boolean][] = [
    [PODS, pod(), true],
    [PODS, object('v2', 'Pod'), false],
    [PODS.replace('CREATE', 'UPDATE'), pod(), false],
    [rule("resources: ['*']"), pod(), true],
    [rule("resources: ['pods/exec']"), pod(), false],
    [rule('resources: [networkpolicies]'), object('networking.k8s.io/v1', 'NetworkPolicy'), true],
    [rule('resources: [ingresses]'), object('networking.k8s.io/v1', 'Ingress'), true],
    [rule('resources: [endpoints]'), object('v1', 'Endpoints'), true],
    [rule('resources: [gateways]'), object('gateway.networking.k8s.io/v1', 'Gateway'), true],
    [
      rule('resources: [clusterroles], scope: Namespaced'),
      object('rbac.authorization.k8s.io/v1', 'ClusterRole'),
      false,
    ],
    [rule('resources: [pods], resourceNames: [two]'), pod(), false],
  ];
  for (const [rules, manifest, isAbout] of table) {
    test(`${rules} ${manifest.split('\n')[1]}`, () => {
      assert.equal(judge(policy(one('true'), rules), manifest)[0]?.outcome, isAbout ? 'passed' : 'skipped');
    });
  }

  test('lists are taken apart, other documents passed over', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } })}\n- {}\n---\nhello\n---\n{ a: 1 }`;
    assert.deepEqual(
      judge(policy(one('true')), list).map((verdict) => [verdict.object, verdict.place]),
      [['v1/Pod default/a', 'manifest.yaml:4:3']],
    );
  });
});

describe('bindings', () => {
  const bound = (spec: string): string => `
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: bound }
spec: { policyName: sample, validationActions: [Warn], ${spec} }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: limits, namespace: policy, labels: { a: b } }
data: { most: "1" }`;
  const limited = policy(
    `paramKind: { apiVersion: v1, kind: ConfigMap }\n${one('size(object.spec.containers) <= int(params.data.most)')}`,
  );
  const two = pod('containers: [{ name: a }, { name: b }]');
  const table: readonly [name: string, binding: string, outcome: Verdict['outcome'], actions?: string[]][] = [
    ['parameters by name', 'paramRef: { name: limits, namespace: policy }', 'failed'],
    ['parameters by label', 'paramRef: { selector: { matchLabels: { a: b } }, namespace: policy }', 'failed'],
    // An API server denies what it cannot configure, whatever the binding says of failures.
    [
      'no parameters',
      'paramRef: { name: other, namespace: policy, parameterNotFoundAction: Deny }',
      'failed',
      ['Deny'],
    ],
    [
      'no parameters, which may be',
      'paramRef: { name: other, namespace: policy, parameterNotFoundAction: Allow }',
      'passed',
    ],
    [
      'another namespace',
      'paramRef: { name: limits, namespace: policy }, matchResources: { namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: NotIn, values: [default] }] } }',
      'skipped',
    ],
  ];
  for (const [name, binding, outcome, actions = ['Warn']] of table) {
    test(name, () => {
      const [verdict] = judge(limited + bound(binding), two);
      assert.deepEqual([verdict?.outcome, verdict?.binding, verdict?.actions], [outcome, 'bound', actions]);
    });
  }

  test('a namespace among the manifests', () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { team: a } }\n---\n';
    const text = policy(one("namespaceObject.metadata.labels.team == 'a'"));
    const verdicts = judge(text, namespace + pod(undefined, 'name: one, namespace: shop'));
    assert.deepEqual(
      verdicts.map(({ outcome }) => outcome),
      ['skipped', 'passed'],
    );
  });
});

describe('what is wrong with a policy', () => {
  const table: readonly [name: string, spec: string, words: RegExp, place: string][] = [
    ['a syntax fault', 'validations:\n- expression: object.spec ==', /a value is missing/, 'policy.yaml:7:17'],
    ['types', "validations:\n- expression: request.operation + 1 == 'x'", /no matching overload/, 'policy.yaml:7:17'],
    [
      'another type than bool',
      'validations:\n- expression: size(object.spec)',
      /must give bool, not int/,
      'policy.yaml:7:17',
    ],
    ['an unknown variable', one('variables.x'), /no such field 'x'/, 'policy.yaml:6:31'],
    ['nothing to validate', 'validations: []', /needs validations/, 'policy.yaml:5:3'],
    ['no expression', 'validations: [{ message: a }]', /expression is missing/, 'policy.yaml:6:17'],
  ];
  for (const [name, spec, words, place] of table) {
    test(name, () => {
      const [object] = objectsOf(policy(spec), 'policy.yaml');
      assert.ok(object);
      const [fault] = readPolicy(object).faults;
      assert.match(fault?.message ?? '', words);
      assert.equal(fault?.place, place);
    });
  }

  const hostile: readonly [name: string, text: string, words: RegExp][] = [
    ['broken YAML', 'a: [', /not valid YAML/],
    [
      'a bomb of aliases',
      `a: &a [x]\n${[...'bcdefghij'].map((name, at) => `${name}: &${name} [${`*${'abcdefghi'[at]},`.repeat(9)}]`).join('\n')}`,
      /alias/,
    ],
    ['depth', `${'['.repeat(3000)}`, /not valid YAML|nested/],
    ['depth that can be read', `{a: ${'['.repeat(300)}${']'.repeat(300)}}`, /nested more than/],
  ];
  for (const [name, text, words] of hostile) {
    test(name, () => {
      const read = readManifest(text, 'a.yaml');
      assert.match(read.ok ? '' : read.error, words);
    });
  }
});

test('policies that define the same from the object share its value, and from anything else not', () => {
  const defining = (name: string, definition: string) =>
    policy(`variables: [{ name: found, expression: ${definition} }]
validations: [{ expression: "variables.found == 'no'", messageExpression: variables.found }]`).replace('sample', name);
  const own = defining('a', 'object.metadata.name');
  const kind = defining('c', 'request.requestKind.kind');
  const pods =
    '{ apiVersion: v1, kind: Pod, metadata: { name: one } }\n---\n{ apiVersion: v1, kind: Pod, metadata: { name: two } }';
  const verdicts = judge([own, own.replace('name: a', 'name: b'), kind].join('\n---\n'), pods);
  assert.deepEqual(
    verdicts.map(({ policy: name, failures }) => [name, failures.map(({ message }) => message)]),
    ['one', 'two'].flatMap((message) => [
      ['a', [message]],
      ['b', [message]],
      ['c', ['Pod']],
    ]),
  );
});
