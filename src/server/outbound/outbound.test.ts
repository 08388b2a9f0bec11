import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startServer } from '../../../test/kit/loopback-server.ts';
import { addressRules, parseAddressRange } from './address.ts';
import { createOutbound } from './index.ts';

test('only addresses of the internet are open, in whatever form they are written', () => {
  const rules = addressRules(['10.2.0.0/16', 'fd00:1::/32']);
  const table = [
    ['93.184.216.34', undefined],
    ['2606:2800:220:1::1', undefined],
    ['10.2.3.4', undefined],
    ['fd00:1::5', undefined],
    ['10.3.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'private to a provider'],
    ['127.0.0.1', 'of this machine'],
    ['127.8.8.8', 'of this machine'],
    ['0.0.0.0', 'of this machine'],
    ['169.254.169.254', 'link-local'],
    ['224.0.0.1', 'of many'],
    ['255.255.255.255', 'reserved'],
    ['::', 'of this machine'],
    ['::1', 'of this machine'],
    ['::7f00:1', 'of this machine'],
    ['::ffff:127.0.0.1', 'of this machine'],
    ['::ffff:7f00:1', 'of this machine'],
    ['::ffff:a9fe:a9fe', 'link-local'],
    ['64:ff9b::7f00:1', 'an IPv4 address in another form'],
    ['2002:7f00:1::', 'an IPv4 address in another form'],
    ['fe80::1', 'link-local'],
    ['fc00::1', 'private'],
    ['ff02::1', 'of many'],
    ['not an address', 'not an address'],
  ] as const;
  for (const [address, reason] of table) assert.equal(rules.refuses(address), reason, address);
});

test('ranges are read as administrators write them', () => {
  for (const good of ['10.0.0.0/8', '127.0.0.1', '::1', 'fd00::/8'])
    assert.deepEqual(parseAddressRange(good), { ok: true, value: good });
  for (const bad of ['10.0.0.0/33', 'example.org', '', '10.0.0.0/', '/8', '1.2.3/8'])
    assert.equal(parseAddressRange(bad).ok, false);
});

const server = await startServer(({ url = '' }, response) => {
  if (url === '/redirect') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
  else if (url === '/large') response.end('x'.repeat(300 * 1024));
  else if (url === '/drip') response.write('x');
  else if (!url.startsWith('/silent')) response.writeHead(429, { 'retry-after': '7' }).end('slow down');
});
after(() => server.close());

const get = (url: string) => ({ method: 'GET', url, headers: {} }) as const;
const port = new URL(server.origin).port;

test('what is not open is not connected to, by address or by name', async () => {
  const names = new Map([
    ['inside.example', [{ address: '127.0.0.1', family: 4 }]],
    [
      'both.example',
      [
        { address: '93.184.216.34', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ],
    ],
  ]);
  const outbound = createOutbound({ allowed: [], lookup: async (host) => names.get(host) ?? [] });
  const urls = [
    server.origin,
    `http://[::ffff:127.0.0.1]:${port}/`,
    `http://2130706433:${port}/`,
    `http://0x7f.1:${port}/`,
    `http://inside.example:${port}/`,
    'http://both.example/',
  ];
  for (const url of urls) {
    const answer = await outbound.request(get(url));
    assert.equal(answer.ok ? 'answered' : answer.error.code, 'refused', url);
  }
  const codes = [
    ['http://unknown.example/', 'unresolved'],
    ['file:///etc/passwd', 'invalid-url'],
    ['nonsense', 'invalid-url'],
  ] as const;
  for (const [url, code] of codes) {
    const answer = await outbound.request(get(url));
    assert.equal(answer.ok ? 'answered' : answer.error.code, code);
  }
  assert.equal(server.requests.length, 0);
});

test('the address that was checked is the one that is connected to: the name is asked for once', async () => {
  let asked = 0;
  const lookup = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '127.0.0.9', family: 4 }];
  const outbound = createOutbound({ allowed: ['127.0.0.1'], lookup });
  const answer = await outbound.request(get(`http://name.example:${port}/`));
  assert.ok(answer.ok);
  assert.deepEqual([answer.value.status, answer.value.headers['retry-after'], asked], [429, '7', 1]);
  assert.equal(server.requests.at(-1)?.headers.host, `name.example:${port}`);
});

test('redirects are answers, and large and slow ones are errors', async () => {
  const outbound = createOutbound({ allowed: ['127.0.0.1'], timeoutMs: 200 });
  const redirect = await outbound.request(get(`${server.origin}/redirect`));
  assert.equal(redirect.ok && redirect.value.status, 302);
  for (const [path, code] of [
    ['/large', 'too-large'],
    ['/drip', 'timeout'],
    ['/silent', 'timeout'],
  ]) {
    const answer = await outbound.request(get(`${server.origin}${path}`));
    assert.equal(answer.ok ? 'answered' : answer.error.code, code, path);
  }
});

test('an error names no path or query: they may hold a secret', async () => {
  const outbound = createOutbound({ allowed: ['127.0.0.1'], timeoutMs: 200 });
  for (const url of ['http://127.0.0.1:1/services/T0/hidden?key=hidden', `${server.origin}/silent?hidden`]) {
    const answer = await outbound.request(get(url));
    assert.ok(!answer.ok);
    assert.doesNotMatch(answer.error.message, /hidden/);
  }
});
