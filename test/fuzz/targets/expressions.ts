import assert from 'node:assert/strict';
import { compileExpression, jsonOfValue, valueOfJson } from '#expressions/index.ts';
import {
  authorizeByRoles,
  definedKinds,
  evaluateAdmission,
  isPolicy,
  KindCatalog,
  lintPolicy,
  loadBuiltInKinds,
  readManifest,
  readPolicy,
} from '#policy/admission/index.ts';
import { checkResult } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const object = valueOfJson({ spec: { containers: [{ name: 'a', image: 'b:1' }], replicas: 3 }, labels: { a: 'b' } });
const limits = { maxCost: 50_000, timeoutMs: 200 };

export const expressions: FuzzTarget = {
  id: 'expressions',
  title: 'CEL: a value or a fault with a place, within the budget',
  form: 'text',
  seeds: () =>
    [
      'object.spec.containers.all(c, c.?image.orValue("").matches("^[a-z]+:[0-9]+$"))',
      '{"a": [1, 2u, 3.5, b"x"], ?"b": optional.none()}.transformMap(k, v, type(v))',
      'cel.bind(x, timestamp("2026-01-01T00:00:00Z") + duration("1h"), x.getHours("Europe/Paris") % 2 == 0 ? "%s".format([x]) : r\'\\d\')',
      'quantity("1.5Gi").add(3).isLessThan(quantity("2G")) && cidr("10.0.0.0/8").containsIP(ip("10.1.2.3"))',
      'sets.contains(lists.range(5), [1]) || [3, 1].sortBy(x, -x)[0] == math.greatest(1, 3) && semver("1.2.3").major() == 1',
      'regex.replace("abc", "(b)", "<\\\\1>") + url("https://a.example/x?y=1").getHost() + "a,b".split(",").join("-")',
    ].map((source) => Buffer.from(source)),
  run(bytes) {
    const program = compileExpression(Buffer.from(bytes).toString('utf8'));
    if (!program.ok) {
      for (const { message, line, column } of program.error) assert.ok(message !== '' && line > 0 && column > 0);
      return;
    }
    const outcome = program.value.evaluate(new Map([['object', object]]), limits);
    if (outcome.ok) jsonOfValue(outcome.value);
    else assert.ok(outcome.error.message !== '' && outcome.error.line > 0);
  },
};

const builtIn = await loadBuiltInKinds();

const POLICY = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: a }
spec:
  matchConstraints: { resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }] }
  variables: [{ name: n, expression: size(object.spec) }]
  matchConditions: [{ name: c, expression: 'true' }]
  validations: [{ expression: variables.n > 3, messageExpression: "'a'" }]
---
apiVersion: v1
kind: Pod
metadata: { name: p, labels: { a: b } }
spec: { containers: [] }
`;

const DEFINED = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: as.b }
spec:
  group: b
  names: { kind: A, plural: as }
  versions: [{ name: v1, schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { n: { type: integer } } } } } } }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: a }
spec:
  paramKind: { apiVersion: v1, kind: ConfigMap }
  matchConstraints: { resourceRules: [{ apiGroups: [b, ''], apiVersions: [v1], operations: [UPDATE], resources: [as, pods] }] }
  validations: [{ expression: "object.spec.n > 1 && authorizer.group('').resource('pods').check('get').allowed()" }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: r }
rules: [{ apiGroups: [''], resources: [pods], verbs: [get] }]
---
apiVersion: b/v1
kind: A
metadata: { name: p }
spec: { n: 2 }
`;

export const admissionPolicies: FuzzTarget = {
  id: 'admission-policies',
  title: 'ValidatingAdmissionPolicies and manifests: read, judged or refused',
  form: 'text',
  seeds: () => [Buffer.from(POLICY), Buffer.from(DEFINED)],
  maxBytes: 16 * 1024,
  maxMs: 5000,
  run(bytes) {
    const objects = checkResult(readManifest(Buffer.from(bytes).toString('utf8'), 'a.yaml'));
    if (objects === undefined) return;
    const read = objects.filter(isPolicy).map(readPolicy);
    const policies = read.filter(({ faults }) => faults.length === 0).map(({ policy }) => policy);
    const catalog = new KindCatalog([...builtIn.of(builtIn.last), ...definedKinds(objects)]);
    for (const object of objects.filter(isPolicy))
      for (const { place, message } of lintPolicy(object, { catalog, minor: 30 }).faults)
        assert.ok(place.startsWith('a.yaml:') && message !== '');
    const authorize = authorizeByRoles(objects);
    const user = { name: 'a', groups: [] };
    for (const options of [{}, { oldObjects: objects, authorize, user, catalog }])
      for (const verdict of evaluateAdmission({ policies, bindings: [], parameters: [] }, objects, options))
        assert.ok(verdict.failures.every(({ message }) => message !== ''));
  },
};
