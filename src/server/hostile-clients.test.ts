import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, test } from 'node:test';
import type { Principal } from '#identity/index.ts';
import { addAccount } from '#storage/index.ts';
import { sampleReport } from '../../test/kit/report.ts';
import { testContext } from '../../test/kit/server-context.ts';
import { emptyStorage } from '../../test/kit/storage.ts';
import { createApplication } from './application.ts';
import { routes } from './routes/index.ts';

const { query } = await emptyStorage();
const context = testContext(query);
const account = (await addAccount(query, { kind: 'machine', name: 'ci', email: null }, context.now())) ?? '';
const ci: Principal = {
  account,
  name: 'ci',
  kind: 'machine',
  grants: [{ permissions: new Set(['reports:upload'] as const), scope: { kind: 'all' } }],
};
let principal: Principal | undefined = ci;
const application = await createApplication({
  context,
  routes,
  authenticate: async () => principal,
  requestsPerMinute: 100_000,
});
const address = await application.listen({ host: '127.0.0.1', port: 0 });
after(() => application.close());
const { hostname, port } = new URL(address);

const reports = () => query.selectFrom('report').select('id').execute();

async function raw(...pieces: readonly (string | Buffer)[]): Promise<string> {
  const socket = connect({ host: hostname, port: Number(port) });
  let answer = '';
  socket.on('data', (bytes: Buffer) => {
    answer += bytes.toString('latin1');
  });
  socket.on('error', () => undefined);
  for (const piece of pieces) socket.write(piece);
  await Promise.race([once(socket, 'close'), once(socket, 'data')]);
  socket.destroy();
  return answer.split('\r\n', 1)[0] ?? '';
}

/** Of a body that would be right without it. */
const PROTOTYPE = '{"__proto__":{"a":1},"name":"a","password":"b"}';

const head = (path: string, length: number, more = '') =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n${more}\r\n`;

test('bytes that are no UTF-8, heads without end and lengths that lie are refused', async () => {
  const broken = Buffer.from('{"schema":"plimsoll.scan.v1","x":"\xff\xfe"}', 'latin1');
  const cases: [string, string, RegExp][] = [
    ['no UTF-8 in a report', await raw(head('/api/v1/reports', broken.length), broken), /^HTTP\/1.1 400/],
    ['a prototype', await raw(head('/api/v1/session', PROTOTYPE.length), PROTOTYPE), /^HTTP\/1.1 400/],
    ['no JSON', await raw(head('/api/v1/session', 3), '{"a'), /^HTTP\/1.1 400/],
    [
      'a header of 20 kB',
      await raw(`GET /health/live HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`),
      /^HTTP\/1.1 431/,
    ],
    ['two lengths', await raw(head('/api/v1/reports', 2, 'content-length: 3\r\n'), '{}'), /^HTTP\/1.1 400/],
    [
      'a length and chunks',
      await raw(head('/api/v1/reports', 2, 'transfer-encoding: chunked\r\n'), '0\r\n\r\n'),
      /^HTTP\/1.1 400/,
    ],
    ['no HTTP', await raw('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n'), /^HTTP\/1.1 400/],
    [
      'an address that is no UTF-8',
      await raw('GET /api/v1/findings/%ff%fe HTTP/1.1\r\nhost: x\r\n\r\n'),
      /^HTTP\/1.1 4/,
    ],
  ];
  for (const [what, line, expected] of cases) assert.match(line, expected, what);
  assert.deepEqual(await reports(), []);
});

test('while many send slowly, others are answered', async () => {
  const slow: Socket[] = [];
  for (let index = 0; index < 300; index++) {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on('error', () => undefined);
    socket.write(
      `POST /api/v1/reports HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n${index % 2 === 0 ? '' : '\r\n{'}`,
    );
    slow.push(socket);
  }
  for (let index = 0; index < 20; index++) assert.equal((await fetch(`${address}/health/ready`)).status, 200);
  for (const socket of slow) socket.destroy();
  assert.ok(application.server.headersTimeout <= 20_000 && application.server.requestTimeout <= 120_000);
});

test('50 MB are taken in, more than the bound is refused, and from strangers nothing is read', async () => {
  const large = (bytes: number) => JSON.stringify({ ...sampleReport(), padding: 'x'.repeat(bytes) });
  const upload = (body: string) =>
    fetch(`${address}/api/v1/reports`, { method: 'POST', body }).then(({ status }) => status);
  assert.equal(await upload(large(50 * 1024 * 1024)), 201);
  assert.equal((await reports()).length, 1);
  assert.equal(await upload(large(65 * 1024 * 1024)).catch(() => 413), 413);
  principal = undefined;
  // The answer comes while nothing but the head was sent.
  assert.match(await raw(head('/api/v1/reports', 60_000_000)), /^HTTP\/1.1 401/);
  principal = ci;
});

test('an upload that is cut off leaves nothing, and the same again is whole', async () => {
  const body = JSON.stringify(sampleReport({ createdAt: '2026-11-23T08:00:00.000Z' }));
  const before = await reports();
  const socket = connect({ host: hostname, port: Number(port) });
  socket.write(head('/api/v1/reports', Buffer.byteLength(body)));
  socket.write(body.slice(0, body.length / 2));
  socket.destroy();
  await once(socket, 'close');
  assert.deepEqual(await reports(), before);
  const sent = await Promise.all(
    [1, 2, 3].map(() => fetch(`${address}/api/v1/reports`, { method: 'POST', body }).then(({ status }) => status)),
  );
  assert.deepEqual(sent, [201, 201, 201]);
  assert.equal((await reports()).length, before.length + 1);
});
