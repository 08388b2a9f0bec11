import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Handler, type LoopbackServer, startServer } from '../../../test/kit/loopback-server.ts';
import { createHttpClient } from './client.ts';
import type { HttpClientOptions } from './contract.ts';
import type { HttpErrorCode } from './http-error.ts';

const impatient = {
  userAgent: 'test/1',
  timeouts: { connectMs: 5_000, idleMs: 150 },
  retries: { retries: 2, baseDelayMs: 1 },
  proxyEnvironment: {},
} satisfies HttpClientOptions;

function hang(): void {
  // Never answers.
}

test('reads a body with its headers and sends the user agent', async () => {
  await using server = await startServer((_, response) => response.setHeader('x-a', ['1', '2']).end('hello'));
  const got = await createHttpClient(impatient).request(`${server.origin}/x`, { headers: { 'X-Own': 'y' } });
  assert.ok(got.ok);
  assert.equal(got.value.body.toString(), 'hello');
  assert.equal(got.value.headers['x-a'], '1, 2');
  assert.equal(server.requests[0]?.headers['user-agent'], 'test/1');
  assert.equal(server.requests[0]?.headers['x-own'], 'y');
});

const failures: readonly (readonly [string, HttpErrorCode, number, Handler])[] = [
  ['a server that accepts and stays silent', 'timeout', 3, hang],
  ['a server that stops in the body', 'timeout', 3, (_, r) => void r.writeHead(200).write('half')],
  ['a server that cuts the connection', 'reset', 3, (request) => void request.socket.destroy()],
  [
    'a body shorter than its length',
    'reset',
    3,
    (_, r) => void r.writeHead(200, { 'content-length': 9 }).write('1', () => r.destroy()),
  ],
  [
    'a stated length beyond the bound',
    'too-large',
    1,
    (_, r) => void r.writeHead(200, { 'content-length': 2_000 }).write('x'),
  ],
  ['an endless body', 'too-large', 1, (_, r) => void r.writeHead(200).write('x'.repeat(1_500))],
  ['redirects in a ring', 'redirect', 9, (_, r) => void r.writeHead(302, { location: '/again' }).end()],
  ['a redirect to a file', 'redirect', 1, (_, r) => void r.writeHead(302, { location: 'file:///etc/passwd' }).end()],
  [
    'a redirect to cloud credentials',
    'redirect',
    1,
    (_, r) => void r.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
  ],
  ['a redirect nobody can read', 'redirect', 1, (_, r) => void r.writeHead(302, { location: 'http://[' }).end()],
  ['headers without end', 'protocol', 1, (_, r) => void r.writeHead(200, { a: 'x'.repeat(40_000) }).end()],
  ['no HTTP at all', 'protocol', 1, (request) => void request.socket.end('SSH-2.0-x\r\n')],
];
for (const [name, code, asked, handler] of failures) {
  test(`${name} ends in a ${code} error`, async () => {
    await using server = await startServer(handler);
    const got = await createHttpClient(impatient).request(`${server.origin}/x`, { maxBytes: 1_000 });
    assert.equal(got.ok ? got.value.status : got.error.code, code);
    assert.equal(server.requests.length, asked);
  });
}

test('an endless drip of bytes ends at the bound of the whole call', async () => {
  await using server = await startServer((_, response) => {
    const drip = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(drip));
  });
  const got = await createHttpClient(impatient).request(server.origin, { totalMs: 400 });
  assert.equal(got.ok || got.error.code, 'timeout');
});

test('the caller can stop a call', async () => {
  await using server = await startServer(hang);
  const stop = new AbortController();
  const pending = createHttpClient(impatient).request(server.origin, { signal: stop.signal });
  stop.abort();
  const got = await pending;
  assert.equal(got.ok || got.error.code, 'aborted');
});

test('passing trouble is retried and then forgotten', async () => {
  await using server = await startServer((request, response, count) => {
    if (count === 1) request.socket.destroy();
    else if (count === 2) response.writeHead(503, { 'retry-after': '0' }).end();
    else response.end('well');
  });
  const got = await createHttpClient(impatient).request(server.origin);
  assert.equal(got.ok && got.value.body.toString(), 'well');
});

test('a server that asks to wait for hours gets no retry and its answer comes back', async () => {
  await using server = await startServer((_, response) => response.writeHead(429, { 'retry-after': '7200' }).end());
  const got = await createHttpClient(impatient).request(server.origin);
  assert.equal(got.ok && got.value.status, 429);
  assert.equal(server.requests.length, 1);
});

test('a POST is sent once', async () => {
  await using server = await startServer((_, response) => response.writeHead(503).end());
  const got = await createHttpClient(impatient).request(server.origin, { method: 'POST', body: 'a=b' });
  assert.equal(got.ok && got.value.status, 503);
  assert.equal(server.requests.length, 1);
});

test('credentials stay with their origin, at the first hop and after', async () => {
  await using thief = await startServer((_, response) => response.end('stolen?'));
  await using server = await startServer((request, response) => {
    const location = request.url === '/start' ? '/here' : `${thief.origin}/there`;
    response.writeHead(307, { location }).end();
  });
  const headers = { authorization: 'Bearer secret', cookie: 'a=secret', 'x-registry-token': 'secret', accept: '*/*' };
  const got = await createHttpClient(impatient).request(`${server.origin}/start`, { headers });
  assert.equal(got.ok && got.value.body.toString(), 'stolen?');
  assert.equal(server.requests[1]?.headers.authorization, 'Bearer secret');
  assert.equal(JSON.stringify(thief.requests).includes('secret'), false);
  assert.equal(thief.requests[0]?.headers.accept, '*/*');
});

test('user information in an address becomes a header and never shows in errors', async () => {
  await using server = await startServer((_, response) => response.writeHead(302, { location: 'ftp://x/' }).end());
  const got = await createHttpClient(impatient).request(`http://me:s%20cret@${server.host}/p?sig=s3cret`);
  assert.equal(server.requests[0]?.headers.authorization, `Basic ${Buffer.from('me:s cret').toString('base64')}`);
  assert.ok(!got.ok);
  assert.equal(got.error.url, `${server.origin}/p`);
  assert.equal(/cret/.test(JSON.stringify(got.error)), false);
});

test('TLS: unknown certificates are refused, named ones and the insecure switch let in', async (t) => {
  await using server = await startServer((_, response) => response.end('safe'), { tls: true });
  const { certificate = '' } = server;
  const cases: readonly (readonly [string, Partial<HttpClientOptions>, string])[] = [
    ['unknown', {}, 'tls'],
    ['trusted', { ca: [certificate] }, 'safe'],
    ['insecure', { insecure: true }, 'safe'],
  ];
  for (const [name, options, expected] of cases) {
    await t.test(name, async () => {
      const client = createHttpClient({ ...impatient, ...options });
      const got = await client.request(server.origin);
      client.close();
      assert.equal(got.ok ? got.value.body.toString() : got.error.code, expected);
    });
  }
});

test('a plain HTTP server behind an https address is named as such', async () => {
  await using server = await startServer((_, response) => response.end());
  const got = await createHttpClient(impatient).request(`https://${server.host}/`);
  assert.match(got.ok ? '' : got.error.message, /plain HTTP/);
});

test('no redirect leads from https to http', async () => {
  await using plain = await startServer((_, response) => response.end());
  await using server = await startServer((_, r) => r.writeHead(302, { location: plain.origin }).end(), { tls: true });
  const got = await createHttpClient({ ...impatient, insecure: true }).request(server.origin);
  assert.equal(got.ok || got.error.code, 'redirect');
  assert.equal(plain.requests.length, 0);
});

test('nobody there is said at once, without retries', async () => {
  const server: LoopbackServer = await startServer(hang);
  await server.close();
  const got = await createHttpClient(impatient).request(server.origin);
  assert.equal(got.ok || got.error.code, 'unreachable');
});

test('proxies of the environment are used, and left out by NO_PROXY', async () => {
  await using proxy = await startServer((_, response) => response.end('by proxy'));
  const proxyEnvironment = { HTTP_PROXY: proxy.origin, NO_PROXY: 'direct.invalid' };
  const client = createHttpClient({ ...impatient, proxyEnvironment });
  const got = await client.request('http://registry.invalid/v2/');
  assert.equal(got.ok && got.value.body.toString(), 'by proxy');
  assert.equal(proxy.requests[0]?.path, 'http://registry.invalid/v2/');
  const direct = await client.request('http://direct.invalid/');
  assert.equal(direct.ok, false);
});

test('this machine is never asked through a proxy', async () => {
  await using proxy = await startServer((_, response) => response.end('by proxy'));
  await using server = await startServer((_, response) => response.end('directly'));
  const client = createHttpClient({ ...impatient, proxyEnvironment: { HTTP_PROXY: proxy.origin } });
  const got = await client.request(server.origin);
  assert.equal(got.ok && got.value.body.toString(), 'directly');
});

test('a stream hands out the body piece by piece', async () => {
  await using server = await startServer((_, response) => response.end('abc'));
  const got = await createHttpClient(impatient).stream(server.origin);
  assert.ok(got.ok);
  const pieces: Buffer[] = [];
  for await (const piece of got.value.body) pieces.push(piece);
  assert.equal(Buffer.concat(pieces).toString(), 'abc');
});

for (const address of ['', 'ftp://x/', 'nonsense', 'http://']) {
  test(`'${address}' is no address`, async () => {
    const got = await createHttpClient(impatient).request(address);
    assert.equal(got.ok || got.error.code, 'invalid-url');
  });
}
