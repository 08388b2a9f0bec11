import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { startServer } from '../../../test/kit/loopback-server.ts';
import { readManifest } from '../../manifests/index.ts';
import { authorize, Rbac, serviceAccountUser } from '../../rbac/index.ts';
import {
  auditedResources,
  type ClusterState,
  collectCluster,
  exportedState,
  flavourOf,
  objectsOf,
  openCluster,
  parseClusterState,
  renderClusterState,
} from './index.ts';
import { parseKubeconfig } from './kubeconfig.ts';

const now = '2026-11-24T00:00:00Z';
const signal = new AbortController().signal;

describe('kubeconfig', () => {
  const file = (user: string) => `
apiVersion: v1
kind: Config
current-context: prod
contexts:
- {name: prod, context: {cluster: c, user: u}}
- {name: other, context: {cluster: none, user: u}}
clusters:
- {name: c, cluster: {server: "https://10.0.0.1:6443", certificate-authority-data: "${Buffer.from('PEM').toString('base64')}"}}
users:
- name: u
  user: ${user}
`;

  test('the current context, its authority and its token', () => {
    const context = parseKubeconfig(file('{token: abc}'), undefined, 'config');
    assert.deepEqual(context, {
      ok: true,
      value: {
        name: 'prod',
        server: 'https://10.0.0.1:6443',
        authority: { pem: 'PEM' },
        isInsecure: false,
        token: 'abc',
      },
    });
  });

  test('a credential plugin with its words and variables', () => {
    const context = parseKubeconfig(
      file('{exec: {command: aws, args: [eks, get-token], env: [{name: A, value: b}]}}'),
      'prod',
      'config',
    );
    assert.ok(context.ok);
    assert.deepEqual(context.value.plugin, {
      command: 'aws',
      arguments: ['eks', 'get-token'],
      environment: new Map([['A', 'b']]),
      apiVersion: 'client.authentication.k8s.io/v1',
    });
  });

  for (const [name, user, wanted, message] of [
    ['a context that is not there', '{}', 'nope', /no context nope; there are: prod, other/],
    ['a context without a cluster', '{}', 'other', /names no cluster with an address/],
    ['a password', '{username: a, password: b}', 'prod', /password is not supported/],
  ] as const)
    test(name, () => {
      const context = parseKubeconfig(file(user), wanted, 'config');
      assert.ok(!context.ok);
      assert.match(context.error, message);
    });
});

describe('listing a cluster', () => {
  test('pages, refusals, APIs that are not served, lists that expire; and never the content of a secret', async () => {
    let expired = false;
    await using server = await startServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://x');
      const send = (status: number, body: object) => response.writeHead(status).end(JSON.stringify(body));
      const from = url.searchParams.get('continue');
      switch (url.pathname) {
        case '/version':
          return send(200, { gitVersion: 'v1.36.1+k3s1' });
        case '/api/v1/pods':
          if (from === 'second' && !expired) {
            expired = true;
            return send(410, {});
          }
          return from === null
            ? send(200, { metadata: { continue: 'second' }, items: [{ metadata: { name: 'a', managedFields: [1] } }] })
            : send(200, {
                metadata: {},
                items: [{ metadata: { name: 'b' }, status: { phase: 'Running', podIP: '10.1.1.1', reason: 'x' } }],
              });
        case '/api/v1/secrets':
          return send(200, {
            items: [
              {
                metadata: {
                  name: 's',
                  annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":"c2VjcmV0"}' },
                },
                data: { a: 'c2VjcmV0' },
              },
            ],
          });
        case '/api/v1/nodes':
          return send(403, {});
        case '/apis/apps/v1/deployments':
          return send(500, {});
        case '/api/v1/services':
          return response.end('<html>');
        case '/api/v1/configmaps':
          return send(200, {
            items: [{ metadata: { name: 'c' }, data: { DB_PASSWORD: 'hunter2hunter2', URL: 'https://u:pass@db/x' } }],
          });
        default:
          return send(404, {});
      }
    });
    const folder = await mkdtemp(join(tmpdir(), 'plimsoll-cluster-'));
    try {
      const kubeconfig = join(folder, 'config');
      await writeFile(join(folder, 'token'), 'a-token\n');
      await writeFile(
        kubeconfig,
        `current-context: t\ncontexts: [{name: t, context: {cluster: t, user: t}}]\nclusters: [{name: t, cluster: {server: "${server.origin}"}}]\nusers: [{name: t, user: {tokenFile: token}}]\n`,
      );
      const access = await openCluster({ kubeconfig, environment: {}, signal });
      assert.ok(access.ok, access.ok ? '' : access.error);
      const collected = await collectCluster(access.value, { now, signal });
      access.value.client.close();
      assert.ok(collected.ok);
      const state = collected.value;
      assert.equal(flavourOf(state), 'k3s');
      assert.deepEqual(objectsOf(state, 'pods'), [
        { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } },
        { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b' }, status: { phase: 'Running', podIP: '10.1.1.1' } },
      ]);
      assert.deepEqual(objectsOf(state, 'secrets'), [
        { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', annotations: {} } },
      ]);
      assert.deepEqual(state.objects.get('ingresses.networking.k8s.io'), { known: [] });
      for (const [key, reason] of [
        ['nodes', /403.*audit-role/],
        ['deployments.apps', /500/],
        ['services', /no list/],
      ] as const) {
        const list = state.objects.get(key);
        assert.ok(list && 'missing' in list, key);
        assert.match(list.missing, reason);
      }
      const text = renderClusterState(state);
      for (const secret of ['c2VjcmV0', 'hunter2', 'u:pass', 'a-token']) assert.ok(!text.includes(secret), secret);
      const asked = server.requests.find(({ path }) => path.startsWith('/api/v1/secrets'));
      assert.match(asked?.headers.accept ?? '', /PartialObjectMetadataList/);
      assert.ok(
        server.requests.every(({ method, headers }) => method === 'GET' && headers.authorization === 'Bearer a-token'),
      );
      assert.deepEqual(parseClusterState(text, 'x'), { ok: true, value: state });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('credentials that are not accepted are an error, not an empty cluster', async () => {
    await using server = await startServer((_, response) => response.writeHead(401).end('{}'));
    const folder = await mkdtemp(join(tmpdir(), 'plimsoll-cluster-'));
    try {
      const kubeconfig = join(folder, 'config');
      await writeFile(
        kubeconfig,
        `current-context: t\ncontexts: [{name: t, context: {cluster: t}}]\nclusters: [{name: t, cluster: {server: "${server.origin}"}}]\n`,
      );
      const access = await openCluster({ kubeconfig, environment: {}, signal });
      assert.ok(access.ok);
      const collected = await collectCluster(access.value, { now, signal });
      access.value.client.close();
      assert.ok(!collected.ok);
      assert.match(collected.error, /does not accept these credentials/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

test('exported objects of whatever version; kinds that nobody asks about are counted', () => {
  const { state, others } = exportedState(
    'x',
    [
      { apiVersion: 'extensions/v1beta1', kind: 'Ingress', metadata: { name: 'a' } },
      { apiVersion: 'networking.k8s.io/v1beta1', kind: 'Ingress', metadata: { name: 'b' } },
      { apiVersion: 'example.org/v1', kind: 'Widget', metadata: { name: 'c' } },
    ],
    now,
  );
  assert.deepEqual(
    objectsOf(state, 'ingresses.networking.k8s.io').map((one) => one['apiVersion']),
    ['networking.k8s.io/v1'],
  );
  assert.deepEqual(
    [...others],
    [
      ['extensions/v1beta1/Ingress', 1],
      ['example.org/v1/Widget', 1],
    ],
  );
});

describe('who runs the control plane', () => {
  const state = (version: string, node: object): ClusterState => ({
    schema: 'plimsoll.cluster.v1',
    collectedAt: now,
    name: 'x',
    version: { known: version },
    objects: new Map([['nodes', { known: [node as Record<string, unknown>] }]]),
  });
  for (const [version, node, flavour] of [
    ['v1.36.0-eks-1234', {}, 'eks'],
    ['v1.36.0-gke.100', {}, 'gke'],
    ['v1.36.0+rke2r1', {}, 'rke2'],
    [
      'v1.36.0',
      { spec: { providerID: 'azure:///x' }, metadata: { labels: { 'kubernetes.azure.com/cluster': 'x' } } },
      'aks',
    ],
    ['v1.36.0', { metadata: { labels: { 'node-role.kubernetes.io/control-plane': '' } } }, 'kubeadm'],
    ['v1.36.0', {}, 'unknown'],
  ] as const)
    test(`${version} is ${flavour}`, () => assert.equal(flavourOf(state(version, node)), flavour));
});

test('the role that is shipped allows what is listed, and nothing else', async () => {
  const path = join(import.meta.dirname, '../../../deploy/kubernetes/audit-role.yaml');
  const objects = readManifest(await readFile(path, 'utf8'), path);
  assert.ok(objects.ok);
  const rbac = new Rbac(
    objects.value.map(({ json }) => json),
    { withoutDefaults: true },
  );
  const user = serviceAccountUser('plimsoll', 'plimsoll-audit');
  const may = (verb: string, group: string, resource: string) => authorize(rbac, user, { verb, group, resource }).state;
  for (const { group, resource } of auditedResources)
    assert.equal(may('list', group, resource), resource === 'secrets' ? 'denied' : 'allowed', resource);
  for (const verb of ['get', 'create', 'update', 'patch', 'delete', 'watch', '*'])
    assert.equal(may(verb, '', 'pods'), 'denied', verb);
  const [role] = rbac.roles.filter(({ kind }) => kind === 'ClusterRole');
  const listed = new Set(auditedResources.map(({ group, resource }) => `${group}/${resource}`));
  for (const rule of role?.rules ?? [])
    for (const group of rule.apiGroups)
      for (const resource of rule.resources) assert.ok(listed.has(`${group}/${resource}`), resource);
});
