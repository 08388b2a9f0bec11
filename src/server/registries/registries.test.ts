import assert from 'node:assert/strict';
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { addRegistry, findRegistry, listRegistryImages } from '#storage/index.ts';
import { missingPrograms, registryLogin, startDockerRegistry } from '../../../test/kit/docker-registry.ts';
import { startReceiver } from '../../../test/kit/receiver.ts';
import { testContext } from '../../../test/kit/server-context.ts';
import { emptyStorage } from '../../../test/kit/storage.ts';
import { sealSecrets } from './access.ts';
import { createRegistryClient } from './client.ts';
import { isVerified, repositoriesIn } from './notification.ts';
import { pollRegistry } from './poll.ts';

const { query } = await emptyStorage();
const now = new Date('2026-11-24T10:00:00Z');
const context = testContext(query, () => now);
const signal = AbortSignal.timeout(60_000);

async function watch(url: string, secrets = {}): Promise<string> {
  const id = randomUUID();
  const settings = {
    repositories: ['shop/**'],
    tags: ['**'],
    excludedTags: ['*-dev'],
    everyMinutes: 60,
    rescanDays: null,
  };
  const sealed = sealSecrets(context.secrets, id, secrets);
  await addRegistry(query, { id, name: id, url, enabled: true, settings, sealed }, now);
  return id;
}

async function imagesOf(registry: string): Promise<string[]> {
  const rows = await listRegistryImages(query, registry, undefined, { after: undefined, limit: 100 });
  return rows.map(({ repository, tags }) => `${repository} ${tags.join(',')}`);
}

const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

test('a registry of many pages with a token service is read whole, and a page that is missing leaves all as it is', async () => {
  const tags = new Map([
    ['1.0', digestOf('one')],
    ['latest', digestOf('one')],
    ['2.0-dev', digestOf('two')],
  ]);
  let isBroken = false;
  const server = await startReceiver(({ path, headers }) => {
    const url = new URL(path, 'http://127.0.0.1');
    if (url.pathname === '/token') {
      const isKnown = headers.authorization === `Basic ${Buffer.from('robot:pass').toString('base64')}`;
      return isKnown ? { body: { token: `token-${url.searchParams.get('scope')}` } } : { status: 401 };
    }
    const realm = `Bearer realm="${server.origin}/token",service="r",scope="x"`;
    if (!headers.authorization?.startsWith('Bearer token-'))
      return { status: 401, headers: { 'www-authenticate': realm } };
    if (url.pathname === '/v2/_catalog')
      return url.searchParams.has('last')
        ? { body: { repositories: ['shop/web'] } }
        : {
            headers: { link: '</v2/_catalog?last=a&n=200>; rel="next"' },
            body: { repositories: ['other/app', '../etc'] },
          };
    if (url.pathname === '/v2/shop/web/tags/list') return { body: { name: 'shop/web', tags: [...tags.keys()] } };
    const digest = tags.get(url.pathname.split('/').at(-1) ?? '');
    if (isBroken) return { status: 500 };
    return digest === undefined ? { status: 404 } : { headers: { 'docker-content-digest': digest }, body: {} };
  });
  after(() => server.close());
  const id = await watch(server.origin, { username: 'robot', password: 'pass' });
  await pollRegistry({ registry: id }, context, signal);
  assert.equal((await findRegistry(query, id))?.error, null);
  assert.deepEqual(await imagesOf(id), ['shop/web 1.0,latest']);
  assert.ok(!server.received.some(({ path }) => path.includes('other/app')), 'what is not watched is not asked for');
  isBroken = true;
  await pollRegistry({ registry: id }, context, signal);
  assert.match((await findRegistry(query, id))?.error ?? '', /answers 500/);
  assert.deepEqual(await imagesOf(id), ['shop/web 1.0,latest']);
  isBroken = false;
  tags.delete('1.0');
  tags.set('latest', digestOf('three'));
  await pollRegistry({ registry: id }, context, signal);
  assert.deepEqual(await imagesOf(id), ['shop/web latest']);
});

test('a password goes to no token service that a registry made up, and no address that is not open is asked', async () => {
  const server = await startReceiver(() => ({
    status: 401,
    headers: { 'www-authenticate': 'Bearer realm="https://evil.example/token"' },
  }));
  after(() => server.close());
  const client = createRegistryClient({ url: server.origin, username: 'u', password: 'p' }, context.outbound, signal);
  const refused = await client.repositories();
  assert.match(refused.ok ? '' : refused.error, /does not look related/);
  const inside = createRegistryClient({ url: 'http://10.0.0.1:5000' }, context.outbound, signal);
  const closed = await inside.tags('a');
  assert.match(closed.ok ? '' : closed.error, /private/);
});

test("Debian's docker-registry, with a login", { skip: missingPrograms('docker-registry', 'htpasswd') }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-watch-'));
  const registry = await startDockerRegistry(directory, { tls: false, login: true });
  after(async () => {
    await registry.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  const url = `http://${registry.host}`;
  for (const name of ['shop/web', 'shop/api', 'bank/app']) await push(url, name, ['1.0', 'latest']);
  const id = await watch(url, registryLogin);
  await pollRegistry({ registry: id }, context, signal);
  assert.equal((await findRegistry(query, id))?.error, null);
  assert.deepEqual(await imagesOf(id), ['shop/api 1.0,latest', 'shop/web 1.0,latest']);
  const wrong = await watch(url, { ...registryLogin, password: 'wrong' });
  await pollRegistry({ registry: wrong }, context, signal);
  assert.match((await findRegistry(query, wrong))?.error ?? '', /refuses the login/);
});

/** An image without layers. */
async function push(url: string, name: string, tags: readonly string[]): Promise<void> {
  const { username, password } = registryLogin;
  const headers = { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
  const config = JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [] }, name });
  const begun = await fetch(`${url}/v2/${name}/blobs/uploads/`, { method: 'POST', headers });
  const place = new URL(begun.headers.get('location') ?? '', url);
  place.searchParams.set('digest', digestOf(config));
  const sent = await fetch(place, { method: 'PUT', headers, body: config });
  assert.equal(sent.status, 201);
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(config), size: config.length },
    layers: [],
  });
  for (const tag of tags) {
    const made = await fetch(`${url}/v2/${name}/manifests/${tag}`, {
      method: 'PUT',
      headers: { ...headers, 'content-type': mediaType },
      body: manifest,
    });
    assert.equal(made.status, 201);
  }
}

test('notifications of three kinds are read, and only with their secret', () => {
  const kinds: readonly (readonly [unknown, readonly string[] | undefined])[] = [
    [
      {
        events: [
          { action: 'push', target: { repository: 'shop/web' } },
          { action: 'pull', target: { repository: 'shop/api' } },
        ],
      },
      ['shop/web'],
    ],
    [{ type: 'PUSH_ARTIFACT', event_data: { repository: { repo_full_name: 'shop/web' } } }, ['shop/web']],
    [{ action: 'published', registry_package: { name: 'Web', namespace: 'Shop' } }, ['shop/web']],
    [{ hello: 'there' }, undefined],
    ['text', undefined],
  ];
  for (const [document, expected] of kinds) assert.deepEqual(repositoriesIn(document), expected);
  const body = Buffer.from('{}');
  const signature = `sha256=${createHmac('sha256', 'key').update(body).digest('hex')}`;
  const sent: readonly (readonly [Readonly<Record<string, string>>, string | undefined, boolean])[] = [
    [{ authorization: 'Bearer key' }, 'key', true],
    [{ authorization: 'key' }, 'key', true],
    [{ 'x-hub-signature-256': signature }, 'key', true],
    [{ 'x-hub-signature-256': signature }, 'other', false],
    [{ authorization: 'Bearer other' }, 'key', false],
    [{}, 'key', false],
    [{ authorization: '' }, '', false],
    [{ authorization: 'Bearer key' }, undefined, false],
  ];
  for (const [headers, secret, expected] of sent) assert.equal(isVerified(body, headers, secret), expected);
});
