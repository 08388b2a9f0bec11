import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type AdmissionOptions,
  authorizeByRoles,
  evaluateAdmission,
  isBinding,
  isPolicy,
  KindCatalog,
  loadBuiltInKinds,
  type ManifestObject,
  readBinding,
  readManifest,
  readPolicy,
  unjudgeable,
  type Verdict,
} from './index.ts';

const builtIn = await loadBuiltInKinds();
const catalog = new KindCatalog(builtIn.of(builtIn.last));

function objectsOf(text: string, file = 'manifest.yaml'): readonly ManifestObject[] {
  const read = readManifest(text, file);
  assert.ok(read.ok, read.ok ? '' : read.error);
  return read.value;
}

function judge(policies: string, manifests: string, options: AdmissionOptions = {}): Verdict[] {
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
  return [...evaluateAdmission(set, objectsOf(manifests), { catalog, ...options })];
}

const rule = (resource: string, operations = "'*'", version = 'v1', group = ''): string =>
  `{ apiGroups: ['${group}'], apiVersions: [${version}], operations: [${operations}], resources: ['${resource}'] }`;

function policy(expression: string, rules = rule('pods'), constraints = '', spec = ''): string {
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: sample }
spec:
  matchConstraints: { resourceRules: [${rules}]${constraints} }
  validations: [{ expression: ${JSON.stringify(expression)} }]
${spec}
`;
}

const pod = (more = '', name = 'web'): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}${more} }\nspec: { containers: [] }\n---\n`;
const old = objectsOf(pod(', labels: { tier: old }'));

describe('requests', () => {
  const table: readonly [name: string, expression: string, options: AdmissionOptions, outcome: Verdict['outcome']][] = [
    ['a creation', "request.operation == 'CREATE' && oldObject == null", {}, 'passed'],
    [
      'an update of what was there before',
      "request.operation == 'UPDATE' && oldObject.metadata.labels.tier == 'old' && !has(object.metadata.labels)",
      { oldObjects: old },
      'passed',
    ],
    [
      'a creation beside old objects',
      "request.operation == 'CREATE'",
      { oldObjects: objectsOf(pod('', 'other')) },
      'passed',
    ],
    [
      'a deletion',
      "request.operation == 'DELETE' && object == null && oldObject.metadata.name == 'web'",
      { operation: 'DELETE' },
      'passed',
    ],
    [
      'a user',
      "request.userInfo.username == 'ann' && 'dev' in request.userInfo.groups && request.dryRun",
      { user: { name: 'ann', groups: ['dev'] }, isDryRun: true },
      'passed',
    ],
    ['a part that no rule names', 'false', { subresource: 'status' }, 'skipped'],
  ];
  for (const [name, expression, options, outcome] of table)
    test(name, () => {
      const [verdict] = judge(policy(expression), pod(), options);
      assert.deepEqual([verdict?.outcome, verdict?.failures], [outcome, []]);
    });

  test('an update without what was there before is not judged', () => {
    const options = { operation: 'UPDATE', oldObjects: old } as const;
    assert.deepEqual(judge(policy('true'), pod('', 'new'), options), []);
    assert.match(
      unjudgeable(objectsOf(pod('', 'new')), options)[0] ?? '',
      /^manifest\.yaml:1:1: v1\/Pod default\/new is not/,
    );
  });

  test('quantities are texts, as a cluster shows them', () => {
    const amounts = '{ cpu: 2, memory: 1Gi, a.example/b: 0.5, a.example/c: 0.0000001, a.example/d: "3" }';
    const text = policy(
      "object.spec.containers[0].resources.limits.transformList(k, v, type(v) == string ? v : '') == ['2', '1Gi', '500m', '100n', '3']",
    );
    const manifest = pod().replace('containers: []', `containers: [{ name: a, resources: { limits: ${amounts} } }]`);
    assert.deepEqual(judge(text, manifest)[0]?.failures, []);
  });

  test('a shell in a pod is a connection', () => {
    const exec = 'apiVersion: v1\nkind: PodExecOptions\nmetadata: { name: web, namespace: shop }\ncommand: [sh]\n';
    const text = policy(
      "request.operation == 'CONNECT' && request.resource.resource == 'pods' && request.subResource == 'exec' && object.command == ['sh']",
      rule('pods/exec', 'CONNECT'),
    );
    assert.equal(judge(text, exec)[0]?.outcome, 'passed');
  });

  test('a namespace is in itself and has no namespace object', () => {
    const text = policy("request.namespace == 'shop' && namespaceObject == null", rule('namespaces'));
    assert.equal(judge(text, 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n')[0]?.outcome, 'passed');
  });
});

describe('what rules are about', () => {
  const table: readonly [
    name: string,
    rules: string,
    constraints: string,
    options: AdmissionOptions,
    isAbout: boolean,
  ][] = [
    ['all resources', rule('*'), '', {}, true],
    ['all resources, but no parts', rule('*'), '', { subresource: 'status' }, false],
    ['all parts, and what they are of', rule('pods/*'), '', {}, true],
    ['a part', rule('*/status'), '', { subresource: 'status' }, true],
    ['another operation', rule('pods', 'UPDATE, DELETE'), '', {}, false],
    ['all but some', rule('*'), `, excludeResourceRules: [${rule('pods')}]`, {}, false],
    ['labels', rule('pods'), ', objectSelector: { matchLabels: { tier: old } }', {}, false],
    [
      'labels that were there before',
      rule('pods'),
      ', objectSelector: { matchLabels: { tier: old } }',
      { oldObjects: old },
      true,
    ],
  ];
  for (const [name, rules, constraints, options, isAbout] of table)
    test(name, () => {
      const [verdict] = judge(policy('true', rules, constraints), pod(), options);
      assert.equal(verdict?.outcome, isAbout ? 'passed' : 'skipped');
    });

  test('a namespace that is deleted counts by the labels that it has', () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { team: a } }\n';
    const text = policy('true', rule('namespaces'), ', namespaceSelector: { matchLabels: { team: a } }');
    for (const operation of ['CREATE', 'DELETE'] as const)
      assert.equal(judge(text, namespace, { operation })[0]?.outcome, 'passed');
  });

  test('another version of the same resource, unless only the exact one is meant', () => {
    const scaler = 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: web }\n';
    const rules = rule('horizontalpodautoscalers', 'CREATE', 'v1', 'autoscaling');
    const expression = "request.resource.version == 'v1' && request.requestResource.version == 'v2'";
    const [verdict] = judge(policy(expression, rules), scaler);
    assert.deepEqual([verdict?.outcome, verdict?.note?.slice(0, 32)], ['passed', 'the policy asks for autoscaling/']);
    assert.equal(judge(policy(expression, rules, ', matchPolicy: Exact'), scaler)[0]?.outcome, 'skipped');
  });
});

const roles = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: shop }
rules: [{ apiGroups: [''], resources: [secrets], verbs: [get] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: readers, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: User, name: ann }, { kind: ServiceAccount, name: web, namespace: shop }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: lost }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: absent }
subjects: [{ kind: User, name: bob }]
`;

describe('what the authorizer says', () => {
  const ann = { name: 'ann', groups: [] };
  const bob = { name: 'bob', groups: [] };
  const secrets = "authorizer.group('').resource('secrets').namespace('shop')";
  const table: readonly [expression: string, user: AdmissionOptions['user'], answer: true | false | RegExp][] = [
    [`${secrets}.check('get').allowed()`, ann, true],
    [`${secrets}.check('delete').allowed()`, ann, false],
    ["authorizer.group('').resource('secrets').namespace('other').check('get').allowed()", ann, false],
    [
      "authorizer.serviceAccount('shop', 'web').group('').resource('secrets').namespace('shop').check('get').allowed()",
      bob,
      true,
    ],
    [
      `${secrets}.check('get').reason().startsWith('RBAC: allowed by RoleBinding "readers/shop" of Role "reader" to User ann')`,
      ann,
      true,
    ],
    [`!${secrets}.check('get').errored() && ${secrets}.check('get').error() == ''`, ann, true],
    ["authorizer.requestResource.check('create').allowed()", ann, false],
    ["authorizer.path('/healthz').check('get').allowed()", ann, true],
    ["authorizer.path('/metrics').check('get').allowed()", ann, false],
    ["authorizer.requestResource.check('create').allowed()", { name: 'root', groups: ['system:masters'] }, true],
    [
      `${secrets}.check('get').allowed()`,
      bob,
      /ClusterRoleBinding lost gives ClusterRole absent, whose rules are not known/,
    ],
    [`${secrets}.check('get').allowed()`, undefined, /say who asks, with --user or --group/],
    ["authorizer.group('').resource('').check('get').allowed()", ann, /resource must not be empty/],
    ["authorizer.serviceAccount('shop', 'No').path('/').check('get').allowed()", ann, /Invalid service account name/],
  ];
  for (const [expression, user, answer] of table)
    test(`${expression} by ${user?.name}`, () => {
      const options = { authorize: authorizeByRoles(objectsOf(roles)), ...(user && { user }) };
      const [failure] = judge(policy(expression), pod(), options)[0]?.failures ?? [];
      if (answer instanceof RegExp) assert.match(failure?.message ?? '', answer);
      else assert.deepEqual([failure === undefined, failure?.isError ?? false], [answer, false]);
    });

  test('without roles there is no answer, and failurePolicy decides', () => {
    const asked = policy(`!${secrets}.check('get').allowed()`);
    const options = { authorize: authorizeByRoles([]), user: ann };
    assert.match(judge(asked, pod(), options)[0]?.failures[0]?.message ?? '', /there is no role and no binding/);
    assert.equal(judge(`${asked}  failurePolicy: Ignore\n`, pod(), options)[0]?.outcome, 'ignored');
  });
});

describe('limits', () => {
  // Each level of comprehensions multiplies the steps by a hundred.
  const list = `[${Array.from({ length: 100 }, (_none, index) => index).join(', ')}]`;
  const many = (depth: number): string => {
    const names = Array.from({ length: depth }, (_none, index) => `v${index}`);
    return names.reduceRight(
      (inner, name) => `variables.list.all(${name}, ${inner})`,
      names.map((name) => `${name} < 200`).join(' && '),
    );
  };
  const variables = `  variables: [{ name: list, expression: ${JSON.stringify(list)} }]\n`;

  test('one expression', () => {
    const [failure] = judge(policy(many(3), undefined, '', variables), pod())[0]?.failures ?? [];
    assert.match(failure?.message ?? '', /costs more than 1000000 steps/);
  });

  test('all match conditions of a policy', () => {
    const conditions = Array.from(
      { length: 200 },
      (_none, index) =>
        `{ name: c${index}, expression: ${JSON.stringify(many(2).replaceAll('variables.list', list))} }`,
    );
    const text = policy('true', undefined, '', `  matchConditions: [${conditions.join(', ')}]\n`);
    const [verdict] = judge(text, pod());
    assert.deepEqual([verdict?.outcome, verdict?.failures.length], ['failed', 1]);
    assert.match(verdict?.failures[0]?.message ?? '', /^match condition c\d+: costs more than/);
  });

  test('all validations of a policy', () => {
    const text = policy('true', undefined, '', variables).replace(
      /validations: .*/,
      `validations: [${Array.from({ length: 500 }, () => `{ expression: ${JSON.stringify(many(2))} }`).join(', ')}]`,
    );
    assert.match(judge(text, pod())[0]?.failures[0]?.message ?? '', /running out of cost budget/);
  });
});

describe('messages and annotations', () => {
  const table: readonly [name: string, validation: string, message: string][] = [
    ['made', "messageExpression: \"' a ' + object.metadata.name + ' '\", message: b", 'a web'],
    ['made of nothing', "messageExpression: \"'  '\", message: ' b '", 'b'],
    ['made of lines', 'messageExpression: "\'a\\\\nb\'", message: b', 'b'],
    ['that cannot be made', 'messageExpression: "object.spec.absent", message: b', 'b'],
    ['too long', `messageExpression: ${JSON.stringify(`'${'é'.repeat(3000)}'`)}, message: b`, 'b'],
    ['none', 'reason: Forbidden', 'failed expression: false'],
  ];
  for (const [name, validation, message] of table)
    test(`a message ${name}`, () => {
      const text = policy('false').replace('expression: "false"', `expression: "false", ${validation}`);
      assert.deepEqual(
        judge(text, pod())[0]?.failures.map((one) => [one.message, one.reason]),
        [[message, validation.startsWith('reason') ? 'Forbidden' : 'Invalid']],
      );
    });

  test('annotations are kept, empty ones left out, broken ones denied', () => {
    const annotations = `  auditAnnotations:
    - { key: name, valueExpression: "object.metadata.name + ' '" }
    - { key: blank, valueExpression: "' '" }
    - { key: none, valueExpression: 'null' }
`;
    assert.deepEqual(judge(policy('true', undefined, '', annotations), pod())[0]?.annotations, { name: 'web' });
    const broken = policy(
      'true',
      undefined,
      '',
      '  auditAnnotations: [{ key: a, valueExpression: object.spec.absent }]\n',
    );
    const binding = `---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: bound }
spec: { policyName: sample, validationActions: [Warn] }
`;
    const [verdict] = judge(broken + binding, pod());
    assert.deepEqual([verdict?.outcome, verdict?.actions], ['failed', ['Deny', 'Warn']]);
    assert.equal(judge(`${broken}  failurePolicy: Ignore\n${binding}`, pod())[0]?.outcome, 'passed');
  });
});
