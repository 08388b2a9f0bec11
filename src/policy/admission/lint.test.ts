import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  definedKinds,
  isPolicy,
  KindCatalog,
  lintBindings,
  lintPolicy,
  loadBuiltInKinds,
  type PolicyLint,
  readManifest,
} from './index.ts';

const builtIn = await loadBuiltInKinds();
const DEPLOYMENTS = '[{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments] }]';

const widgets = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  scope: Cluster
  names: { kind: Widget, plural: widgetry }
  versions:
    - name: v1
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                size: { type: integer }
                port: { x-kubernetes-int-or-string: true }
                since: { type: string, format: date-time }
                parts: { type: array, items: { type: object, properties: { name: { type: string } } } }
                anything: { type: object, x-kubernetes-preserve-unknown-fields: true }
`;

interface Sample {
  readonly rules?: string;
  readonly minor?: number;
  readonly spec?: string;
  readonly version?: string;
}

function lint(expression: string, { rules = DEPLOYMENTS, minor, spec = '', version = 'v1' }: Sample = {}): PolicyLint {
  const text = `apiVersion: admissionregistration.k8s.io/${version}
kind: ValidatingAdmissionPolicy
metadata: { name: sample }
spec:
  matchConstraints: { resourceRules: ${rules} }
${spec}
  validations: [{ expression: ${JSON.stringify(expression)} }]
`;
  const read = readManifest(text, 'policy.yaml');
  const crds = readManifest(widgets, 'crd.yaml');
  assert.ok(read.ok && crds.ok);
  const [object] = read.value.filter(isPolicy);
  assert.ok(object);
  const catalog = new KindCatalog([...builtIn.of(minor ?? builtIn.last), ...definedKinds(crds.value)]);
  return lintPolicy(object, { catalog, ...(minor !== undefined && { minor }) });
}

describe('what a Kubernetes version has', () => {
  const table: readonly [expression: string, minimum: number | undefined, at: number, words: RegExp | undefined][] = [
    ["object.metadata.name == 'a'", 30, 30, undefined],
    ["object.metadata.name.matches('^a')", 30, 30, undefined],
    ["object.metadata.?labels['a'].orValue('') == ''", 30, 30, undefined],
    ["isIP('::1')", 31, 30, /isIP needs Kubernetes 1\.31: 1\.30 has it, but takes it only in policies that are stored/],
    ["format.dns1123Label().validate('a').hasValue()", 32, 30, /^format\.dns1123Label needs Kubernetes 1\.32$/],
    ["authorizer.group('').resource('pods').fieldSelector('a=b').check('list').allowed()", 32, 31, /fieldSelector/],
    ['[1].all(i, x, x > i)', 33, 31, /^all with two variables needs Kubernetes 1\.33$/],
    ['[1].first().hasValue()', 33, 32, /^first needs Kubernetes 1\.33$/],
    ["isSemver('1.0.0')", 34, 32, /^isSemver needs Kubernetes 1\.34$/],
    ['[2, 1].sort() == [1, 2]', 35, 34, /^sort needs Kubernetes 1\.35: 1\.34 has it/],
    ['[[1]].flatten() == [1]', 35, 33, /^flatten needs Kubernetes 1\.35$/],
    ['[1].includes(1)', 38, 34, /^includes needs Kubernetes 1\.38$/],
    ["['a'].indexOf('a') == 0", 30, 30, undefined],
    ['cel.bind(x, 1, x == 1)', undefined, 34, /^no Kubernetes version has cel\.bind$/],
    ['math.greatest(1, 2) == 2', undefined, 34, /^no Kubernetes version has math\.greatest$/],
    ["'ab'.reverse() == 'ba'", undefined, 34, /^no Kubernetes version has reverse$/],
  ];
  for (const [expression, minimum, at, words] of table)
    test(expression, () => {
      const open = lint(expression);
      assert.equal(open.minimum, minimum);
      assert.equal(open.faults.length, minimum === undefined ? 1 : 0);
      const messages = lint(expression, { minor: at }).faults.map(({ message }) => message);
      if (words === undefined) assert.deepEqual(messages, []);
      else assert.match(messages[0] ?? '', words);
      if (minimum !== undefined) assert.deepEqual(lint(expression, { minor: minimum }).faults, []);
    });

  test('versions of the API come and go', () => {
    assert.deepEqual(lint('true', { version: 'v1beta1', minor: 28 }).faults, []);
    assert.match(lint('true', { version: 'v1beta1', minor: 34 }).faults[0]?.message ?? '', /1\.33 was the last with/);
    assert.match(lint('true', { minor: 29 }).faults[0]?.message ?? '', /needs Kubernetes 1\.30/);
  });
});

describe('types of what a policy is about', () => {
  const rule = (group: string, version: string, resource: string): string =>
    `{ apiGroups: ['${group}'], apiVersions: [${version}], operations: [CREATE], resources: [${resource}] }`;
  const pods = `[${rule('', 'v1', 'pods')}]`;
  const widget = `[${rule('example.com', 'v1', 'widgetry')}]`;
  const table: readonly [name: string, expression: string, sample: Sample, words: RegExp | undefined][] = [
    [
      'a misspelt field',
      'object.spec.replcias < 5',
      {},
      /^for apps\/v1\/Deployment: no such field 'replcias' in apps\/v1\.DeploymentSpec; did you mean 'replicas'\?$/,
    ],
    ['a field of another type', "object.spec.replicas == '5'", {}, /no matching overload/],
    ['a field that came later', 'has(object.spec.resources)', { rules: pods, minor: 30 }, /no such field 'resources'/],
    ['a field that is there by then', 'has(object.spec.resources)', { rules: pods, minor: 33 }, undefined],
    ['what is inside of lists', "object.spec.containers.all(c, c.imge != '')", { rules: pods }, /did you mean 'image'/],
    [
      'quantities are texts',
      'object.spec.containers.all(c, quantity(c.resources.limits.cpu).sign() > 0)',
      { rules: pods },
      undefined,
    ],
    [
      'what may be a number or a text',
      'object.spec.containers.all(c, dyn(c.livenessProbe.httpGet.port) != 1)',
      { rules: pods },
      undefined,
    ],
    ['an object is no map', "object.spec['replicas'] == 1", {}, /no matching overload for '_\[_\]'/],
    ['the old object', 'oldObject.spec.replcias < 5', {}, /did you mean 'replicas'/],
    ['the namespace', "namespaceObject.metadata.lables['a'] == ''", {}, /did you mean 'labels'/],
    ['what may give anything', 'dyn(true)', {}, /must give bool, not what may be anything/],
    ['parameters that are not declared', 'params.a == 1', {}, /undeclared reference to 'params'/],
    [
      'parameters of a known kind',
      "params.dta['a'] == ''",
      { spec: '  paramKind: { apiVersion: v1, kind: ConfigMap }' },
      /no such field 'dta'.*did you mean 'data'/,
    ],
    [
      'a custom kind',
      'object.spec.sise == 1',
      { rules: widget },
      /no such field 'sise' in Widget\.spec; did you mean 'size'/,
    ],
    [
      'all of a custom kind',
      "object.spec.size < 3 && object.spec.port == 'a' && object.spec.since < timestamp('2026-01-01T00:00:00Z') && object.spec.parts[0].name == 'a' && object.spec.anything.at.all == 1",
      { rules: widget },
      undefined,
    ],
  ];
  for (const [name, expression, sample, words] of table)
    test(name, () => {
      const { faults, notes } = lint(expression, sample);
      const messages = [...faults, ...notes].map(({ message }) => message);
      if (words === undefined) assert.deepEqual(messages, []);
      else assert.match(messages[0] ?? '', words);
    });

  test('what only some kinds lack is noted', () => {
    const { faults, notes } = lint("object.kind == 'Pod' ? object.spec.containers.size() > 0 : true", {
      rules: `[${rule('', 'v1', 'pods')}, ${rule('apps', 'v1', 'deployments')}]`,
    });
    assert.deepEqual(faults, []);
    assert.match(notes[0]?.message ?? '', /^for apps\/v1\/Deployment: no such field 'containers'/);
  });

  test('types that do not fit work all the same where the values do, and are noted', () => {
    const { faults, notes } = lint('object.spec.containers + object.spec.ephemeralContainers != []', { rules: pods });
    assert.deepEqual([faults, notes.length], [[], 1]);
  });

  test('what is not checked is said', () => {
    assert.match(
      lint('true', { rules: `[${rule('x.io', 'v1', 'things')}]` }).types.unchecked[0] ?? '',
      /^x\.io\/v1 things is not known/,
    );
    assert.match(lint('true', { rules: `[${rule('apps', 'v1', "'*'")}]` }).types.unchecked[0] ?? '', /by \*$/);
    assert.deepEqual(lint('true', { rules: pods }).types, { checked: ['v1/Pod'], unchecked: [] });
  });

  test('a type may change with the version', () => {
    const typeAt = (minor: number): string | undefined => {
      const claim = builtIn.of(minor).find(({ kind }) => kind === 'PersistentVolumeClaim');
      return claim?.type.fields?.get('spec')?.fields?.get('resources')?.name;
    };
    assert.deepEqual([typeAt(28), typeAt(29)], ['core/v1.ResourceRequirements', 'core/v1.VolumeResourceRequirements']);
  });
});

describe('what else an API server refuses', () => {
  const spec = (more: string): string => `
  matchConstraints: { resourceRules: ${DEPLOYMENTS} }
  validations: [{ expression: 'true' }]
${more}`;
  const table: readonly [name: string, kind: string, spec: string, words: RegExp | undefined][] = [
    ['nothing', '', spec('  failurePolicy: Ignore'), undefined],
    ['a word', '', spec('  failurePolicy: Warn'), /failurePolicy Warn is not known; there are Fail, Ignore/],
    [
      'a variable twice',
      '',
      spec("  variables: [{ name: a, expression: '1' }, { name: a, expression: '2' }]"),
      /a stands twice/,
    ],
    ['a name', '', spec("  variables: [{ name: a-b, expression: '1' }]"), /'a-b' is no name of a variable/],
    ['an operation', '', spec('').replace('CREATE', 'PATCH'), /^PATCH is not known/],
    ['a rule without groups', '', spec('').replace('apiGroups: [apps], ', ''), /apiGroups is missing/],
    [
      'more beside *',
      '',
      spec('').replace('[CREATE]', "['*', CREATE]"),
      /beside \* there may be no other of operations/,
    ],
    ['a reason', '', spec('').replace("'true'", "'true', reason: Nope"), /reason Nope is not known/],
    ['lines in a message', '', spec('').replace("'true'", '\'true\', message: "a\\nb"'), /a message has one line/],
    [
      'too many annotations',
      '',
      spec(
        `  auditAnnotations: [${Array.from({ length: 21 }, (_none, index) => `{ key: k${index}, valueExpression: "'a'" }`).join(', ')}]`,
      ),
      /20 at most/,
    ],
    ['no parameter kind', '', spec('  paramKind: { kind: ConfigMap }'), /apiVersion is missing/],
    ['nothing of a binding', 'Binding', ' { policyName: a, validationActions: [Warn, Audit] }', undefined],
    ['no policy', 'Binding', ' { validationActions: [Deny] }', /policyName is missing/],
    ['no action', 'Binding', ' { policyName: a }', /validationActions must say/],
    ['an action twice', 'Binding', ' { policyName: a, validationActions: [Deny, Deny] }', /stands twice/],
    [
      'actions that exclude each other',
      'Binding',
      ' { policyName: a, validationActions: [Deny, Warn] }',
      /Deny and Warn/,
    ],
    [
      'parameters by nothing',
      'Binding',
      ' { policyName: a, validationActions: [Deny], paramRef: { parameterNotFoundAction: Deny } }',
      /either a name or a selector/,
    ],
    [
      'parameters that may be missing or not',
      'Binding',
      ' { policyName: a, validationActions: [Deny], paramRef: { name: a } }',
      /parameterNotFoundAction is missing/,
    ],
  ];
  for (const [name, kind, spec, words] of table)
    test(name, () => {
      const text = `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy${kind}\nmetadata: { name: a }\nspec:${spec}\n`;
      const read = readManifest(text, 'policy.yaml');
      assert.ok(read.ok, read.ok ? '' : read.error);
      const catalog = new KindCatalog(builtIn.of(builtIn.last));
      const policies = read.value.filter(isPolicy).map((object) => lintPolicy(object, { catalog }));
      const messages = [...policies, ...lintBindings(read.value)].flatMap(({ faults }) =>
        faults.map((one) => one.message),
      );
      if (words === undefined) assert.deepEqual(messages, []);
      else assert.match(messages[0] ?? '', words);
    });

  test('a binding without its policy is noted', () => {
    const text = `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: { name: a }\nspec: { policyName: b, validationActions: [Deny] }\n`;
    const read = readManifest(text, 'policy.yaml');
    assert.ok(read.ok);
    assert.equal(lintBindings(read.value)[0]?.notes[0]?.message, 'the policy b is not among the files');
  });
});
