import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FindingBase } from '#model/index.ts';
import { type ManifestObject, readManifest } from '../admission/index.ts';
import { parseExceptions } from '../exceptions/load.ts';
import { policiesIn } from '../packs/index.ts';
import { Judge } from './index.ts';

function policy(
  name: string,
  expression: string,
  { groups = '[plimsoll.dev]', resources = '[findings]', action = 'Deny', more = '' } = {},
) {
  return `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: ${name}, annotations: { plimsoll.dev/title: About ${name}, plimsoll.dev/severity: high } }
spec:
  ${more}
  matchConstraints: { resourceRules: [{ apiGroups: ${groups}, apiVersions: ['*'], operations: ['*'], resources: ${resources} }] }
  validations: [{ expression: "${expression}", message: no }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: ${name} }
spec: { policyName: ${name}, validationActions: [${action}] }
---`;
}

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { replicas: 1 }`;
const replicas = policy('replicas', 'object.spec.replicas > 1', { groups: '[apps]', resources: '[deployments]' });
const mild = policy('mild', "object.spec.severity != 'critical'");

function objectsIn(text: string, file = 'a.yaml'): readonly ManifestObject[] {
  const read = readManifest(text, file);
  assert.ok(read.ok);
  return read.value;
}

function subject(spec: string, finding?: FindingBase) {
  const [object] = objectsIn(
    `{ apiVersion: plimsoll.dev/v1, kind: Finding, metadata: { name: one }, spec: ${spec} }`,
    'usr/lib',
  );
  assert.ok(object);
  return { object, ...(finding && { finding }) };
}

interface Given {
  readonly policies: string;
  readonly manifests?: string;
  readonly findings?: readonly ReturnType<typeof subject>[];
  readonly exceptions?: string;
  readonly holes?: readonly string[];
  readonly explainAll?: boolean;
}

function judged({ policies, manifests = '', findings = [], exceptions = '[]', holes = [], explainAll = false }: Given) {
  const list = parseExceptions(`exceptions: ${exceptions}`, '.plimsoll/exceptions.yaml');
  assert.deepEqual(list.problems, []);
  const options = { exceptions: list.exceptions, artifact: ['shop'], today: '2026-11-24', explainAll };
  const judge = new Judge(policiesIn(objectsIn(policies, 'policy.yaml')), options);
  judge.judgeManifests(objectsIn(manifests, 'deploy.yaml'));
  judge.judgeSubjects(findings);
  return judge.verdict(holes);
}

const critical = subject('{ severity: critical }');
const cases: readonly (readonly [name: string, given: Given, outcome: string, decisions: readonly string[]])[] = [
  ['nothing wrong', { policies: mild, findings: [subject('{ severity: low }')] }, 'allowed', []],
  [
    'a finding is denied',
    { policies: mild, findings: [critical] },
    'denied',
    ['denied mild plimsoll.dev/v1/Finding one'],
  ],
  [
    'a manifest is denied',
    { policies: replicas, manifests: DEPLOYMENT },
    'denied',
    ['denied replicas apps/v1/Deployment shop/web'],
  ],
  [
    'a warning is none',
    { policies: policy('mild', "object.spec.severity != 'critical'", { action: 'Warn' }), findings: [critical] },
    'warned',
    ['warned mild plimsoll.dev/v1/Finding one'],
  ],
  [
    'no answer counts as no',
    { policies: policy('epss', 'object.spec.epss < 0.5'), findings: [critical] },
    'denied',
    ['denied epss plimsoll.dev/v1/Finding one'],
  ],
  [
    'unless the policy lets errors pass',
    { policies: policy('epss', 'object.spec.epss < 0.5', { more: 'failurePolicy: Ignore' }), findings: [critical] },
    'allowed',
    ['ignored epss plimsoll.dev/v1/Finding one'],
  ],
  [
    'a hole is no yes',
    { policies: mild, findings: [subject('{ severity: low }')], holes: ['A file was not read.'] },
    'not-decided',
    [],
  ],
  [
    'a hole takes no denial back',
    { policies: mild, findings: [critical], holes: ['x'] },
    'denied',
    ['denied mild plimsoll.dev/v1/Finding one'],
  ],
  ['no finding is an answer', { policies: mild, manifests: DEPLOYMENT }, 'allowed', []],
  ['nothing to judge', { policies: replicas, findings: [critical] }, 'not-decided', []],
  [
    'an exception for the object',
    {
      policies: replicas,
      manifests: DEPLOYMENT,
      exceptions:
        '[{ kind: policy, id: replicas, object: Deployment/shop/web, reason: one is enough, expires: 2027-01-01 }]',
    },
    'allowed',
    ['excepted replicas apps/v1/Deployment shop/web'],
  ],
  [
    'one for another object',
    {
      policies: replicas,
      manifests: DEPLOYMENT,
      exceptions: '[{ kind: policy, id: replicas, object: Deployment/api, reason: x, expires: 2027-01-01 }]',
    },
    'denied',
    ['denied replicas apps/v1/Deployment shop/web'],
  ],
  [
    'one that has expired',
    {
      policies: replicas,
      manifests: DEPLOYMENT,
      exceptions: '[{ kind: policy, id: replicas, path: deploy.yaml, reason: x, expires: 2026-11-24 }]',
    },
    'denied',
    ['denied replicas apps/v1/Deployment shop/web'],
  ],
  [
    'one that does not say it is for policies',
    { policies: replicas, manifests: DEPLOYMENT, exceptions: '[{ id: replicas, reason: x, expires: 2027-01-01 }]' },
    'denied',
    ['denied replicas apps/v1/Deployment shop/web'],
  ],
];

describe('what policies decide', () => {
  for (const [name, given, outcome, decisions] of cases)
    test(name, () => {
      const { verdict } = judged(given);
      assert.equal(verdict.outcome, outcome);
      assert.deepEqual(
        verdict.decisions.map((one) => `${one.outcome} ${one.policy} ${one.object}`),
        decisions,
      );
    });
});

test('a decision says what decided, what would change it and where it is stated', () => {
  const [decision] = judged({ policies: mild, findings: [critical] }).verdict.decisions;
  assert.deepEqual(decision?.because, ["object.spec.severity != 'critical', where object.spec.severity is 'critical'"]);
  assert.equal(decision?.wouldPass, "object.spec.severity is not 'critical'");
  assert.equal(decision?.title, 'About mild');
  assert.match(decision?.statedIn ?? '', /^policy\.yaml:\d+:\d+$/);
});

test('an exception may name the package of the finding behind the object', () => {
  const origin = { path: 'var/lib/dpkg/status' };
  const owner = { name: 'openssl', version: '3', type: 'deb', purl: 'pkg:deb/debian/openssl@3', origin };
  const finding = { kind: 'licence', id: 'x', severity: 'low', package: owner } as const;
  const exceptions = '[{ kind: policy, id: mild, package: openssl, reason: x, expires: 2027-01-01 }]';
  const findings = [subject('{ severity: critical }', finding)];
  assert.equal(judged({ policies: mild, findings, exceptions }).verdict.outcome, 'allowed');
});

test('expired exceptions are told', () => {
  const exceptions = '[{ kind: policy, id: mild, reason: x, expires: 2026-01-01 }]';
  const codes = judged({ policies: mild, findings: [critical], exceptions }).problems.map(({ code }) => code);
  assert.deepEqual(codes, ['exception-expired']);
});

test('policies are counted by what they were about', () => {
  const { policies, evaluations } = judged({ policies: `${mild}${replicas}`, findings: [critical] }).verdict;
  assert.deepEqual(
    policies.map(({ policy: name, objects, failed }) => [name, objects, failed]),
    [
      ['mild', 1, 1],
      ['replicas', 0, 0],
    ],
  );
  assert.deepEqual(evaluations, { passed: 0, failed: 1, skipped: 0, ignored: 0 });
});

test('the first hundred decisions of a policy say what decided them, and all where that is asked for', () => {
  const many = Array.from({ length: 130 }, (_, index) => DEPLOYMENT.replace('name: web', `name: web-${index}`)).join(
    '\n---',
  );
  for (const [explainAll, explained, told] of [
    [false, 100, ['policy-explanations-limited']],
    [true, 130, []],
  ] as const) {
    const { verdict, problems } = judged({ policies: replicas, manifests: many, explainAll });
    assert.equal(verdict.decisions.length, 130);
    assert.equal(verdict.decisions.filter(({ because }) => because.length > 0).length, explained);
    assert.deepEqual(
      problems.map(({ code }) => code),
      told,
    );
  }
});
