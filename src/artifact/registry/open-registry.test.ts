import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type FakeRegistry, type Misbehaviour, startFakeRegistry } from '../../../test/kit/fake-registry.ts';
import { startServer } from '../../../test/kit/loopback-server.ts';
import { openFailure, openImage } from '../../../test/kit/open-image.ts';
import { mediaTypes } from '../../../test/kit/sample-layout.ts';
import type { ImageArtifact } from '../artifact.ts';
import type { TargetErrorCode } from '../target-error.ts';
import type { RegistryOptions } from './options.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-registry-'));
after(() => rmSync(directory, { recursive: true }));

const secret = 'pa55:w0rd/+';
const isolated = { certificateDirectories: [], environment: { HOME: directory } };
const plain = { ...isolated, plainHttp: true };
const withLogin = { ...plain, username: 'captain', password: secret };
const basic = `Basic ${Buffer.from(`captain:${secret}`).toString('base64')}`;

const appAt = ({ host }: { readonly host: string }) => `registry:${host}/team/app:1`;
const isManifest = (request: IncomingMessage) => request.url?.includes('/manifests/') === true;
const isBlob = (request: IncomingMessage) => request.url?.includes('/blobs/') === true;
const answer = (
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
  body: string | Buffer = '',
): true => {
  response.writeHead(status, headers).end(body);
  return true;
};

async function fetchLayer(image: ImageArtifact): Promise<unknown> {
  const content = image.layers[0]?.content;
  assert.equal(content?.kind, 'remote');
  if (content?.kind !== 'remote') return undefined;
  return content.fetch(AbortSignal.timeout(30_000)).then(
    (blob) => blob,
    (thrown: unknown) => thrown,
  );
}

test('an image comes from loopback, its tag asked for once', async () => {
  await using registry = await startFakeRegistry();
  const image = await openImage(appAt(registry), { registries: isolated });
  assert.deepEqual(image.tags, [`${registry.host}/team/app:1`]);
  assert.equal(registry.requests.filter(({ path }) => path.endsWith('/manifests/1')).length, 1);
  assert.equal(registry.requests.filter(({ path }) => path.includes('/manifests/')).length, 1);
  await image.close();
});

test('a digest fixes the content', async () => {
  await using registry = await startFakeRegistry();
  const { manifestDigest } = await openImage(appAt(registry), { registries: plain });
  const image = await openImage(`registry:${registry.host}/team/app@${manifestDigest}`, { registries: plain });
  assert.equal(image.manifestDigest, manifestDigest);
  await image.close();
});

const page = { 'content-type': 'text/html; charset=utf-8' };
const liars: readonly (readonly [string, TargetErrorCode, RegExp, Misbehaviour])[] = [
  ['a web page instead of a registry', 'invalid', /web page/, (_, response) => answer(response, 404, page, '<html>')],
  [
    'a web page instead of a manifest',
    'invalid',
    /text\/html/,
    (request, response) => isManifest(request) && answer(response, 200, page, '<html>'),
  ],
  [
    'a web page with an error status',
    'invalid',
    /web page/,
    (request, response) => isManifest(request) && answer(response, 502, page, '<html>'),
  ],
  [
    'another digest than the header says',
    'invalid',
    /damaged or was changed/,
    (request, response) => {
      if (isManifest(request)) response.setHeader('docker-content-digest', `sha256:${'0'.repeat(64)}`);
      return false;
    },
  ],
  [
    'a manifest without end',
    'invalid',
    /larger than/,
    (request, response) =>
      isManifest(request) &&
      answer(response, 200, { 'content-type': mediaTypes.manifest }, Buffer.alloc(5 * 1024 * 1024, 32)),
  ],
  [
    'a manifest said to be huge',
    'invalid',
    /larger than/,
    (request, response) => {
      if (!isManifest(request)) return false;
      response.writeHead(200, { 'content-type': mediaTypes.manifest, 'content-length': '99999999999' }).write('{');
      return true;
    },
  ],
  [
    'the manifest with a wrong type',
    'invalid',
    /announced/,
    (request, response, server) => {
      void server;
      return (
        isManifest(request) &&
        answer(response, 200, { 'content-type': mediaTypes.index }, '{"schemaVersion":2,"config":{},"layers":[]}')
      );
    },
  ],
  [
    'a schema 1 manifest',
    'unsupported',
    /schema 1/,
    (request, response) =>
      isManifest(request) &&
      answer(
        response,
        200,
        { 'content-type': 'application/vnd.docker.distribution.manifest.v1+prettyjws' },
        '{"fsLayers":[]}',
      ),
  ],
  [
    'no JSON',
    'invalid',
    /no JSON/,
    (request, response) => isManifest(request) && answer(response, 200, { 'content-type': 'application/json' }, 'oops'),
  ],
  [
    'another configuration than the manifest says',
    'invalid',
    /damaged or was changed/,
    (request, response) => isBlob(request) && answer(response, 200, {}, '{}'),
  ],
  [
    'redirects in a ring',
    'invalid',
    /redirects/,
    (request, response) => isManifest(request) && answer(response, 307, { location: request.url ?? '' }),
  ],
  [
    'a redirect to cloud credentials',
    'invalid',
    /link-local/,
    (request, response) =>
      isBlob(request) && answer(response, 307, { location: 'http://169.254.169.254/latest/meta-data' }),
  ],
  [
    'too many requests',
    'unreachable',
    /429/,
    (request, response) => isManifest(request) && answer(response, 429, { 'retry-after': '86400' }),
  ],
  [
    'no permission',
    'denied',
    /needs a login/,
    (request, response) => isManifest(request) && answer(response, 403, {}, '{"errors":[{"message":"no\\u001b[31m"}]}'),
  ],
  [
    'nothing of that name',
    'not-found',
    /manifest unknown/,
    (request, response) =>
      isManifest(request) &&
      answer(
        response,
        404,
        { 'content-type': 'application/json' },
        '{"errors":[{"code":"X","message":"manifest unknown"}]}',
      ),
  ],
  [
    'a way to log in that nobody knows',
    'denied',
    /Basic and Bearer/,
    (_, response) => answer(response, 401, { 'www-authenticate': 'Negotiate' }),
  ],
  [
    'an endless wish for passwords',
    'denied',
    /needs a login/,
    (_, response) => answer(response, 401, { 'www-authenticate': 'Basic realm="x"' }),
  ],
];
for (const [name, code, words, misbehave] of liars) {
  test(`${name}: ${code}`, async () => {
    await using registry = await startFakeRegistry(misbehave);
    const error = await openFailure(appAt(registry), { registries: withLogin });
    assert.deepEqual([error.code, words.test(error.message) || error.message], [code, true]);
    assert.equal(/pa55|w0rd|cGE1NT|\u001b/.test(error.message), false);
  });
}

const layerLiars: readonly (readonly [string, RegExp, Misbehaviour])[] = [
  ['other bytes', /digest/, (request, response) => isLayer(request) && answer(response, 200, {}, 'other')],
  [
    'more bytes than stated',
    /larger than/,
    (request, response) => isLayer(request) && answer(response, 200, {}, Buffer.alloc(1_000_000)),
  ],
  ['nothing', /answered 404/, (request, response) => isLayer(request) && answer(response, 404)],
];
/** The configuration is asked for before the layer, so the second blob is the layer. */
let blobsAsked = new Set<string | undefined>();
function isLayer(request: IncomingMessage): boolean {
  if (!isBlob(request)) return false;
  blobsAsked.add(request.url);
  return [...blobsAsked].indexOf(request.url) === 1;
}
for (const [name, words, misbehave] of layerLiars) {
  test(`a layer for which ${name} comes is unavailable and leaves nothing behind`, async () => {
    blobsAsked = new Set();
    await using registry = await startFakeRegistry(misbehave);
    const spoolDirectory = mkdtempSync(join(directory, 'spool-'));
    const image = await openImage(appAt(registry), { registries: plain, spoolDirectory });
    const thrown = await fetchLayer(image);
    assert.ok(thrown instanceof Error);
    assert.match(thrown.message, words);
    assert.equal(thrown.name, 'LayerUnavailable');
    await image.close();
    assert.deepEqual(readdirSync(spoolDirectory), []);
  });
}

test('a layer goes on where the connection broke', async () => {
  let cuts = 0;
  await using registry = await startFakeRegistry(
    (request, response) => {
      if (!isBlob(request) || request.headers.range !== undefined) return rest(request, response);
      const bytes = registryOf().blobs.blobs.get(request.url?.split('/').at(-1) ?? '');
      if (!bytes || bytes.length < 50_000) return false;
      cuts += 1;
      response.writeHead(200, { etag: '"x"', 'content-length': String(bytes.length) });
      response.write(bytes.subarray(0, 20_000), () => setTimeout(() => response.destroy(), 30));
      return true;
    },
    {
      build: (blobs) =>
        blobs.image('amd64', [blobs.layer([{ name: 'big', body: Buffer.alloc(100_000, 'plimsoll') }], 'none')]),
    },
  );
  const registryOf = (): FakeRegistry => registry;
  const rest = (request: IncomingMessage, response: ServerResponse): boolean => {
    const bytes = registryOf().blobs.blobs.get(request.url?.split('/').at(-1) ?? '');
    const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1]);
    if (!bytes || Number.isNaN(start)) return false;
    response.writeHead(206, { etag: '"x"', 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` });
    response.end(bytes.subarray(start));
    return true;
  };
  const image = await openImage(appAt(registry), { registries: plain, spoolDirectory: directory });
  const blob = await fetchLayer(image);
  assert.ok(
    blob && typeof blob === 'object' && 'path' in blob && typeof blob.path === 'string' && existsSync(blob.path),
    String(blob),
  );
  assert.equal(cuts, 1);
  await image.close();
});

test('credentials do not follow a blob to the object store', async () => {
  await using registry = await startFakeRegistry();
  await using store = await startServer((request, response) => {
    response.end(registry.blobs.blobs.get(new URL(request.url ?? '', 'http://x').searchParams.get('blob') ?? ''));
  });
  await using front = await startFakeRegistry((request, response) => {
    if (request.headers.authorization !== basic)
      return answer(response, 401, { 'www-authenticate': 'Basic realm="r"' });
    return (
      isBlob(request) &&
      answer(response, 307, { location: `${store.origin}/?blob=${request.url?.split('/').at(-1)}&signature=s` })
    );
  });
  const image = await openImage(appAt(front), { registries: withLogin, spoolDirectory: directory });
  await fetchLayer(image);
  await image.close();
  assert.ok(store.requests.length >= 2);
  assert.ok(store.requests.every(({ headers }) => headers.authorization === undefined));
});

/** A registry that wants tokens from `realm`, and the token service itself. */
async function startTokenPair(realmOf: (tokenOrigin: string) => string) {
  const tokens = await startServer((request, response) => {
    const body =
      request.headers.authorization === basic || request.method === 'POST' ? { token: 'good' } : { token: 'anonymous' };
    response.end(JSON.stringify(body));
  });
  const registry = await startFakeRegistry((request, response) => {
    if (request.headers.authorization === 'Bearer good') return false;
    const challenge = `Bearer realm="${realmOf(tokens.origin)}",service="registry",scope="repository:team/app:pull,push"`;
    return answer(response, 401, { 'www-authenticate': challenge });
  });
  return {
    tokens,
    registry,
    [Symbol.asyncDispose]: () => Promise.all([tokens.close(), registry.close()]).then(() => undefined),
  };
}

test('a token is fetched with the login, for reading only', async () => {
  await using pair = await startTokenPair((origin) => `${origin}/token`);
  await (await openImage(appAt(pair.registry), { registries: withLogin })).close();
  const [asked] = pair.tokens.requests;
  assert.equal(asked?.headers.authorization, basic);
  assert.equal(new URL(asked?.path ?? '', 'http://x').searchParams.get('scope'), 'repository:team/app:pull');
  assert.equal(new URL(asked?.path ?? '', 'http://x').searchParams.get('service'), 'registry');
});

test('a realm elsewhere gets no password, and no call at all', async () => {
  await using thief = await startServer((_, response) => response.end('{"token":"x"}'));
  await using pair = await startTokenPair(() => `http://localhost:${thief.host.split(':')[1]}/collect`);
  const refused = await openFailure(appAt(pair.registry), { registries: withLogin });
  assert.equal(refused.code, 'denied');
  assert.match(refused.message, /--allow-realm localhost/);
  assert.equal(thief.requests.length, 0);
});

test('a token service that redirects the request elsewhere does not hand the password on', async () => {
  await using thief = await startServer((_, response) => response.end('{"token":"x"}'));
  await using tokens = await startServer((_, response) =>
    answer(response, 307, { location: `${thief.origin}/collect` }),
  );
  await using registry = await startFakeRegistry(
    (request, response) =>
      request.headers.authorization === undefined &&
      answer(response, 401, { 'www-authenticate': `Bearer realm="${tokens.origin}/t"` }),
  );
  await openImage(appAt(registry), { registries: withLogin }).then((image) => image.close());
  assert.equal(tokens.requests[0]?.headers.authorization, basic);
  assert.ok(thief.requests.every(({ headers, path }) => headers.authorization === undefined && !path.includes('w0rd')));
});

test('a token that would break out of its header is refused', async () => {
  await using tokens = await startServer((_, response) => response.end(JSON.stringify({ token: 'a\r\nx: y' })));
  await using registry = await startFakeRegistry((_, response) =>
    answer(response, 401, { 'www-authenticate': `Bearer realm="${tokens.origin}/t"` }),
  );
  assert.match((await openFailure(appAt(registry), { registries: withLogin })).message, /no readable token/);
});

test('a token that runs out is replaced', async () => {
  let issued = 0;
  await using tokens = await startServer((_, response) => {
    issued += 1;
    response.end(JSON.stringify({ access_token: `t${issued}` }));
  });
  await using registry = await startFakeRegistry((request, response) => {
    const current = isBlob(request) ? 'Bearer t2' : 'Bearer t1';
    return (
      request.headers.authorization !== current &&
      answer(response, 401, { 'www-authenticate': `Bearer realm="${tokens.origin}/t"` })
    );
  });
  const image = await openImage(appAt(registry), { registries: plain, spoolDirectory: directory });
  const blob = await fetchLayer(image);
  assert.equal(blob instanceof Error, false);
  await image.close();
});

test('a mirror on another host is asked without the login and replaced when it fails', async () => {
  await using mirror = await startFakeRegistry((_, response) => answer(response, 500));
  await using registry = await startFakeRegistry();
  const registries: RegistryOptions = { ...withLogin, mirrors: [`${registry.host}=${mirror.host}/cache`] };
  const image = await openImage(appAt(registry), { registries });
  assert.deepEqual(
    image.problems.map(({ code }) => code),
    ['mirror-skipped'],
  );
  assert.ok(mirror.requests.every(({ headers }) => headers.authorization === undefined));
  assert.ok(mirror.requests.some(({ path }) => path.startsWith('/v2/cache/team/app/')));
  await image.close();
});

test('plain HTTP beyond loopback needs the word for it', async () => {
  for (const mirrors of [['nonsense'], ['a=b=c'], ['docker.io=../x'], ['docker.io=host/../x']]) {
    assert.equal((await openFailure('registry:debian', { registries: { ...isolated, mirrors } })).code, 'usage');
  }
  assert.equal(
    (await openFailure('registry:debian', { registries: { ...isolated, caFile: '/nonexistent.pem' } })).code,
    'usage',
  );
});
