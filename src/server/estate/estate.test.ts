import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Permission, type Principal, permissions } from '#identity/index.ts';
import { addTeam } from '#storage/index.ts';
import { digestOf, finding, installed, sampleReport } from '../../../test/kit/report.ts';
import { testContext } from '../../../test/kit/server-context.ts';
import { emptyStorage } from '../../../test/kit/storage.ts';
import { createApplication } from '../application.ts';
import { routes } from '../routes/index.ts';
import { followExposure } from './jobs.ts';
import { EXPOSURE_CHANGED } from './tell.ts';

const { query } = await emptyStorage();
let now = new Date('2026-11-24T10:00:00Z');
const context = testContext(query, () => now);
const everything: ReadonlySet<Permission> = new Set(permissions);
const account = '00000000-0000-4000-8000-000000000001';
let principal: Principal = {
  account,
  name: 'agent',
  kind: 'machine',
  grants: [{ permissions: everything, scope: { kind: 'all' } }],
};
const application = await createApplication({
  context,
  routes,
  authenticate: async () => principal,
  requestsPerMinute: 1_000_000,
});
after(() => application.close());
const team = (await addTeam(query, 'shop', now)) ?? '';

async function call(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object, status = 200) {
  const answer = await application.inject({
    method,
    url: `/api/v1${path}`,
    ...(body && { payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  assert.equal(answer.statusCode, status, `${path}: ${answer.body}`);
  return answer.json();
}

const later = () => {
  now = new Date(now.getTime() + 3_600_000);
};
const curl = installed({ name: 'curl', version: '7.88.1-10' });

async function upload(digest: string, tags: readonly string[], ids: readonly string[]): Promise<void> {
  const base = sampleReport();
  const report = sampleReport({
    createdAt: now.toISOString(),
    artifact: {
      ...base.artifact,
      name: tags[0] === undefined ? 'r.example/shop' : `r.example/shop:${tags[0]}`,
      tags: tags.map((tag) => `r.example/shop:${tag}`),
      manifestDigest: digestOf(digest),
      indexDigest: digestOf(`${digest}b`),
      configDigest: digestOf(`${digest}c`),
    },
    packages: [curl],
    findings: ids.map((id) => finding({ id, package: curl, severity: 'critical' })),
    unassessed: [],
    problems: [],
    assessment: 'complete',
  });
  await call('POST', '/reports', report, 201);
}

async function states(): Promise<string[]> {
  const { items } = await call('GET', '/findings?limit=100');
  return items.map(({ rule, state }: { rule: string; state: string }) => `${rule} ${state}`).sort();
}

const host = (generation: number, digests: readonly string[]) => ({
  schema: 'plimsoll.host.v1',
  host: { name: 'node-1', os: 'Debian 12', labels: { zone: 'a' } },
  generation,
  createdAt: now.toISOString(),
  containers: digests.map((digest) => ({
    key: `id-${digest}`,
    name: `web-${digest}`,
    image: 'r.example/shop:latest',
    digests: [digestOf(digest)],
  })),
  listeners: [{ protocol: 'tcp', address: '0.0.0.0', port: 443, process: 'nginx', container: `id-${digests[0]}` }],
});

test('what runs counts until it ends, and what ended is proven fixed by what is left', async () => {
  await upload('a1', ['latest'], ['CVE-2026-1001', 'CVE-2026-1002']);
  later();
  await call('POST', '/inventories/hosts', host(1, ['a1c']));
  await upload('a2', ['latest'], ['CVE-2026-1002']);
  assert.deepEqual(await states(), ['CVE-2026-1001 open', 'CVE-2026-1002 open'], 'the old image runs still');
  const [image] = (await call('GET', '/images?running=true')).items;
  assert.deepEqual([image.digest, image.tags, image.running, image.current], [digestOf('a1'), [], 1, true]);
  later();
  const told = await call('POST', '/inventories/hosts', host(2, ['a2']));
  assert.equal(told.old, false);
  assert.deepEqual(await states(), ['CVE-2026-1001 fixed', 'CVE-2026-1002 open']);
  const again = await call('POST', '/inventories/hosts', host(1, ['a1c']));
  assert.equal(again.old, true, 'what is older changes nothing');
  assert.deepEqual(await states(), ['CVE-2026-1001 fixed', 'CVE-2026-1002 open']);
});

test('containers, listeners and images are told with their relations', async () => {
  const [node] = (await call('GET', '/hosts')).items;
  assert.deepEqual([node.name, node.containers, node.listeners, node.facts], ['node-1', 1, 1, { os: 'Debian 12' }]);
  const [listener] = (await call('GET', `/hosts/${node.id}/listeners`)).items;
  assert.deepEqual([listener.port, listener.process], [443, 'nginx']);
  const running = (await call('GET', `/containers?asset=${node.id}`)).items;
  assert.deepEqual(
    running.map(({ key, artifact }: { key: string; artifact: { repositoryName: string } }) => [
      key,
      artifact.repositoryName,
    ]),
    [['id-a2', 'r.example/shop']],
  );
  assert.equal((await call('GET', `/containers?asset=${node.id}&gone=true`)).items.length, 2);
  const image = running[0].artifact.id;
  const layers = (await call('GET', `/images/${image}/layers`)).items;
  assert.ok(
    layers.some(({ part, packages }: { part: string; packages: number }) => part === 'base' && packages === 1),
    JSON.stringify(layers),
  );
  assert.equal((await call('GET', `/images/${image}/findings`)).items[0].rule, 'CVE-2026-1002');
  const tags = (await call('GET', `/assets/${running[0].artifact.repository}/tags`)).items;
  assert.deepEqual(
    tags.map(({ name, digest, until }: { name: string; digest: string; until: string | null }) => [
      name,
      digest,
      until === null,
    ]),
    [
      ['latest', digestOf('a2'), true],
      ['latest', digestOf('a1'), false],
    ],
  );
  assert.equal((await call('GET', '/packages?name=curl')).items[0].asset.name, 'r.example/shop');
});

const cluster = (generation: number, services: readonly object[], isThere = true) => ({
  schema: 'plimsoll.cluster.v1',
  cluster: { name: 'prod', version: '1.33' },
  generation,
  createdAt: now.toISOString(),
  namespaces: [{ name: 'shop', labels: { team: 'shop' } }],
  workloads: isThere
    ? [
        {
          namespace: 'shop',
          kind: 'Deployment',
          name: 'web',
          labels: { app: 'web' },
          podLabels: { app: 'web' },
          containers: [{ name: 'web', image: 'r.example/shop:latest', digests: [digestOf('a2')] }],
        },
      ]
    : [],
  services,
  ingresses: [{ namespace: 'shop', name: 'front', services: ['web'] }],
});

async function follow(): Promise<void> {
  const jobs = await query.selectFrom('job').select(['id', 'payload']).where('kind', '=', EXPOSURE_CHANGED).execute();
  for (const { payload } of jobs) await followExposure(payload, context, AbortSignal.timeout(10_000));
  await query.deleteFrom('job').where('kind', '=', EXPOSURE_CHANGED).execute();
}

async function shop() {
  const { items } = await call('GET', '/assets?kind=repository');
  const [open] = (await call('GET', '/findings?filter=is:open')).items;
  return {
    id: items[0].id,
    exposure: items[0].exposure,
    days: Math.round((Date.parse(open.dueAt) - Date.parse(open.firstSeenAt)) / 86_400_000),
  };
}

test('an ingress exposes a workload and the image that it runs, and due dates follow', async () => {
  assert.deepEqual((await shop()).days, 15);
  await call('POST', '/inventories/clusters', cluster(1, []));
  await follow();
  assert.equal((await shop()).exposure, 'internal', 'nothing leads to it');
  later();
  await call(
    'POST',
    '/inventories/clusters',
    cluster(2, [{ namespace: 'shop', name: 'web', type: 'ClusterIP', selector: { app: 'web' } }]),
  );
  await follow();
  const [web] = (await call('GET', '/workloads?exposure=internet')).items;
  assert.deepEqual(
    [web.namespace, web.name, web.exposedBy, web.containers],
    ['shop', 'web', ['ingress shop/front'], 1],
  );
  const { exposure, days } = await shop();
  assert.deepEqual([exposure, days], ['internet', 7]);
  const clusters = (await call('GET', '/clusters')).items;
  assert.deepEqual(
    clusters.map(({ name, workloads, exposed }: { name: string; workloads: number; exposed: number }) => [
      name,
      workloads,
      exposed,
    ]),
    [['prod', 1, 1]],
  );
  assert.equal((await call('GET', `/clusters/${clusters[0].id}/namespaces`)).items[0].name, 'shop');
});

test('what a person sets comes first, is audited, and can be given back', async () => {
  const { id } = await shop();
  const set = await call('PATCH', `/assets/${id}`, { exposure: 'internal', team });
  await follow();
  assert.deepEqual([set.exposure, set.team, set.ownedBy, (await shop()).days], ['internal', team, 'explicit', 15]);
  const back = await call('PATCH', `/assets/${id}`, { exposure: null, team: null });
  assert.deepEqual([back.exposure, back.team], ['internet', null]);
  const audit = await query.selectFrom('audit_entry').select('action').where('action', '=', 'asset.change').execute();
  assert.equal(audit.length, 2);
  await call('PATCH', `/assets/${id}`, { team: account }, 400);
});

test('a workload that is gone no longer exposes anything', async () => {
  later();
  await call('POST', '/inventories/clusters', cluster(3, [], false));
  assert.equal((await call('GET', '/workloads')).items.length, 0);
  assert.equal((await call('GET', '/workloads?gone=true')).items.length, 1);
  assert.equal((await shop()).exposure, 'unknown');
  const counts = await call('GET', '/inventory/counts');
  assert.deepEqual(
    [counts.repositories, counts.images, counts.hosts, counts.workloads, counts.containers],
    [1, 1, 1, 0, 1],
  );
});

test('nobody tells of what is not theirs, and what is malformed is refused with its place', async () => {
  const whole = principal;
  principal = {
    ...whole,
    grants: [{ permissions: everything, scope: { kind: 'assets', asset: 'workload', prefix: 'test/' } }],
  };
  await call('POST', '/inventories/clusters', cluster(9, []), 403);
  await call('POST', '/inventories/hosts', host(9, []), 403);
  principal = whole;
  const refused = await call('POST', '/inventories/hosts', { ...host(9, []), containers: [{ key: '' }] }, 400);
  assert.ok(
    refused.fields.some(({ field }: { field: string }) => field.startsWith('body.containers.0')),
    JSON.stringify(refused),
  );
});
