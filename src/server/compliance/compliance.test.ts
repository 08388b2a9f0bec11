import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Principal, roles, type Scope } from '#identity/index.ts';
import { addAccount } from '#storage/index.ts';
import { testContext } from '../../../test/kit/server-context.ts';
import { emptyStorage } from '../../../test/kit/storage.ts';
import { createApplication } from '../application.ts';
import { routes } from '../routes/index.ts';

const { query } = await emptyStorage();
const now = new Date('2026-11-24T12:00:00Z');
const context = testContext(query, () => now);
const teams = await query
  .insertInto('team')
  .values([{ name: 'shop' }, { name: 'bank' }])
  .returning('id')
  .execute();
const [shop = '', bank = ''] = teams.map(({ id }) => id);
await query
  .insertInto('asset')
  .values([
    { kind: 'project', name: 'shop/deploy', team_id: shop, owned_by: 'explicit' },
    { kind: 'project', name: 'bank/deploy', team_id: bank, owned_by: 'explicit' },
  ])
  .execute();
const account = (await addAccount(query, { kind: 'person', name: 'ada', email: null }, now)) ?? '';
let principal: Principal | undefined;
function as(role: keyof typeof roles, scope: Scope): void {
  principal = { account, name: 'ada', kind: 'person', grants: [{ permissions: new Set(roles[role]), scope }] };
}
as('admin', { kind: 'all' });
const application = await createApplication({
  context,
  routes,
  authenticate: async () => principal,
  requestsPerMinute: 1_000_000,
  log: 'nothing',
});
after(() => application.close());

async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object) {
  const answer = await application.inject({ method, url, ...(body && { payload: body }) });
  const isJson = answer.headers['content-type']?.toString().includes('json') === true;
  const json: unknown = isJson ? answer.json() : {};
  return { status: answer.statusCode, text: answer.body, json: json as Readonly<Record<string, unknown>> };
}

/** What a scan of manifests says in which one container is privileged, or none. */
function report(time: string, isPrivileged: boolean) {
  const byCheck = {
    'kubernetes-privileged': isPrivileged
      ? { failed: 1, passed: 3, notApplicable: 0 }
      : { failed: 0, passed: 4, notApplicable: 0 },
  };
  const location = { path: 'web.yaml', line: 7 };
  const resource = { kind: 'Deployment', name: 'web', namespace: 'shop' };
  const finding = {
    kind: 'misconfiguration',
    id: 'kubernetes-privileged',
    severity: 'high',
    title: 'Privileged container',
    message: 'web is privileged',
    location,
    resource,
  };
  return {
    schema: 'plimsoll.scan.v1',
    tool: { name: 'plimsoll', version: '0.1.0' },
    createdAt: time,
    artifact: { kind: 'tree', name: './deploy', scheme: 'directory' },
    scanners: ['misconfiguration'],
    checks: {
      documents: 1,
      byCheck,
      evaluated: 4,
      failed: isPrivileged ? 1 : 0,
      notAssessed: [],
    },
    findings: isPrivileged ? [finding] : [],
    unassessed: [],
    problems: [],
    assessment: 'complete',
    verdict: {
      outcome: isPrivileged ? 'denied' : 'allowed',
      notDecided: [],
      policies: [
        {
          policy: 'deploy-gate-not-privileged',
          title: 'Not privileged',
          severity: 'high',
          objects: 4,
          failed: isPrivileged ? 1 : 0,
        },
      ],
      evaluations: { passed: 3, failed: 1, skipped: 0, ignored: 0 },
      decisions: [],
    },
  };
}

async function upload(asset: string, time: string, isPrivileged: boolean): Promise<void> {
  const { status, text } = await ask('POST', `/api/v1/reports?asset=project:${asset}`, report(time, isPrivileged));
  assert.equal(status, 201, text);
}

interface Assessed {
  readonly assets: number;
  readonly assetsLookedAt: number;
  readonly summary: Readonly<Record<string, number>>;
  readonly requirements: readonly { clause: string; state: string; statement?: string }[];
  readonly controls: readonly {
    id: string;
    state: string;
    parts: { failing: { filter: string; place: string }[] }[];
  }[];
}

async function assessed(search = ''): Promise<Assessed> {
  const { status, text, json } = await ask('GET', `/api/v1/compliance/nist-800-190${search}`);
  assert.equal(status, 200, text);
  return json as unknown as Assessed;
}

test('without reports nothing was assessed, and it says of how many assets', async () => {
  const { assets, assetsLookedAt, summary } = await assessed();
  assert.deepEqual([assets, assetsLookedAt, summary['fail'], summary['pass']], [2, 0, 0, 0]);
  assert.ok((summary['notAssessed'] ?? 0) > 0);
});

test('what fails in a report fails a requirement, with a way to the finding, and passes when the fix is proven', async () => {
  await upload('shop/deploy', '2026-11-24T08:00:00Z', true);
  const { summary, controls } = await assessed(`?team=${shop}`);
  assert.ok((summary['fail'] ?? 0) > 0, JSON.stringify(summary));
  const facts = controls.flatMap(({ parts }) => parts.flatMap(({ failing }) => failing));
  assert.ok(facts.length > 0);
  const [fact] = facts;
  const found = await ask('GET', `/api/v1/findings?filter=${encodeURIComponent(fact?.filter ?? '')}`);
  assert.equal((found.json['items'] as unknown[]).length, 1, fact?.filter);
  assert.equal((await assessed(`?team=${bank}`)).summary['fail'], 0);
  await upload('shop/deploy', '2026-11-24T09:00:00Z', false);
  assert.equal((await assessed(`?team=${shop}`)).summary['fail'], 0);
});

test('who sees a part is told of that part', async () => {
  await upload('bank/deploy', '2026-11-24T09:00:00Z', true);
  as('viewer', { kind: 'team', team: shop });
  const { assets, summary } = await assessed();
  assert.deepEqual([assets, summary['fail']], [1, 0]);
  assert.equal((await ask('GET', '/api/v1/policy-verdicts')).text.includes('bank/deploy'), false);
  as('admin', { kind: 'all' });
});

test('people say what no scan can tell, until a day; it can be taken back', async () => {
  const { requirements } = await assessed();
  const manual = requirements.find(({ statement }) => statement === 'missing');
  assert.ok(manual, 'there is a requirement that rests on a word');
  const body = {
    framework: 'nist-800-190',
    clause: manual.clause,
    state: 'met',
    statement: 'Reviewed with the platform team.',
    evidence: ['https://wiki.example/review'],
    expiresAt: '2027-05-01T00:00:00Z',
  };
  assert.equal((await ask('POST', '/api/v1/attestations', { ...body, clause: '99.9' })).status, 400);
  assert.equal((await ask('POST', '/api/v1/attestations', { ...body, expiresAt: '2029-05-01T00:00:00Z' })).status, 400);
  as('security', { kind: 'team', team: shop });
  assert.equal((await ask('POST', '/api/v1/attestations', body)).status, 403);
  as('admin', { kind: 'all' });
  const stateNow = async () =>
    (await assessed()).requirements.find(({ clause }) => clause === manual.clause)?.statement;
  const made = await ask('POST', '/api/v1/attestations', body);
  assert.equal(made.status, 201, made.text);
  assert.equal(await stateNow(), 'given');
  assert.equal((await ask('POST', `/api/v1/attestations/${String(made.json['id'])}/revoke`)).status, 200);
  assert.equal(await stateNow(), 'missing');
});

test('exports are what the assessment says', async () => {
  for (const [format, part] of [
    ['json', '"schema": "plimsoll.compliance.v1"'],
    ['html', '<!doctype html>'],
    ['oscal', '"assessment-results"'],
    ['csv', ','],
  ] as const) {
    const { status, text } = await ask('GET', `/api/v1/compliance/nist-800-190/export?format=${format}`);
    assert.equal(status, 200);
    assert.ok(text.toLowerCase().includes(part), `${format}: ${text.slice(0, 200)}`);
  }
});

test('packs have their policies and examples; what is in force for an asset is one file', async () => {
  const { json } = await ask('GET', '/api/v1/policies');
  const all = json['policies'] as readonly { id: string }[];
  assert.ok(all.some(({ id }) => id === 'build-gate/no-secrets'));
  const one = await ask('GET', '/api/v1/policies/build-gate/no-secrets');
  assert.deepEqual((one.json['examples'] as { expected: string }[]).map(({ expected }) => expected).sort(), [
    'fail',
    'pass',
  ]);
  assert.equal((await ask('POST', '/api/v1/policy-bindings', { policy: 'no-such', action: 'deny' })).status, 400);
  const bind = (policy: string, action: string, more = {}) =>
    ask('POST', '/api/v1/policy-bindings', { policy, action, ...more });
  assert.equal((await bind('build-gate', 'warn')).status, 201);
  assert.equal((await bind('build-gate/no-secrets', 'deny', { team: shop })).status, 201);
  assert.equal((await bind('deploy-gate', 'deny', { assetKind: 'host' })).status, 201);
  const assets = (await ask('GET', '/api/v1/assets')).json['items'] as readonly { id: string; name: string }[];
  const bundle = async (name: string) =>
    (await ask('GET', `/api/v1/assets/${assets.find((asset) => asset.name === name)?.id}/policies`)).text;
  const shops = await bundle('shop/deploy');
  assert.match(
    shops,
    /name: build-gate-no-secrets\nspec:\n {2}policyName: build-gate-no-secrets\n {2}validationActions: \[ ?Deny ?\]/,
  );
  assert.match(shops, /validationActions: \[ ?Warn, Audit ?\]/);
  assert.ok(!shops.includes('deploy-gate'));
  assert.ok(!/no-secrets\n {2}validationActions: \[ ?Deny/.test(await bundle('bank/deploy')));
});

const SOURCE = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: own-replicas
spec:
  matchConstraints:
    resourceRules:
      - { apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments] }
  validations:
    - expression: object.spec.replicas >= 2
      message: at least two
`;
const deployment = (replicas: number) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "web:1" }] }
`;

test('a policy of ones own is tested before it is taken, and has versions', async () => {
  const examples = [
    { name: 'pass-two.yaml', text: deployment(2) },
    { name: 'fail-one.yaml', text: deployment(1) },
  ];
  const put = (source: string, given = examples) =>
    ask('PUT', '/api/v1/policies/own/replicas', { source, examples: given });
  const wrong = await put(SOURCE.replace('>= 2', '>= 1'));
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /fail-one\.yaml/);
  assert.equal((await put(SOURCE.replace('replicas >=', 'replica >='))).status, 422);
  assert.equal((await put('a: [')).status, 422);
  assert.deepEqual((await put(SOURCE)).json, { id: 'own/replicas', version: 1 });
  assert.deepEqual((await put(SOURCE.replace('two', 'two of them'))).json['version'], 2);
  const shown = await ask('GET', '/api/v1/policies/own/replicas');
  assert.equal((shown.json['versions'] as unknown[]).length, 2);
  assert.equal((await ask('DELETE', '/api/v1/policies/own/replicas')).status, 204);
  assert.equal((await ask('GET', '/api/v1/policies/own/replicas')).status, 404);
});

test('what policies said of each asset', async () => {
  const denied = await ask('GET', '/api/v1/policy-verdicts?outcome=denied');
  const items = denied.json['items'] as readonly { asset: { name: string }; verdict: { outcome: string } }[];
  assert.deepEqual(
    items.map(({ asset, verdict }) => [asset.name, verdict.outcome]),
    [['bank/deploy', 'denied']],
  );
});
