import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createHttpClient } from '#foundation/index.ts';
import { createTransport, type Transport } from './transport.ts';

async function withServer(
  listener: RequestListener,
  use: (transport: Transport, base: string, directory: string) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'plimsoll-transport-'));
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const http = createHttpClient({ userAgent: 'test', proxyEnvironment: {}, retries: { retries: 0 } });
  try {
    const transport = createTransport({ http, directory, signal: AbortSignal.timeout(60_000) });
    await use(transport, `http://127.0.0.1:${address.port}`, directory);
  } finally {
    http.close();
    server.closeAllConnections();
    server.close();
    await rm(directory, { recursive: true, force: true });
  }
}

const large = randomBytes(5 << 20);
const facts = { sha256: createHash('sha256').update(large).digest('hex'), size: large.length };

test('a server that does not answer is given up after two requests', async () => {
  let requests = 0;
  const cut: RequestListener = (request) => {
    requests += 1;
    request.socket.destroy();
  };
  await withServer(cut, async (transport, base) => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const answer = await transport.read(`${base}/x`, 100);
      assert.equal(answer.ok ? '' : answer.error.kind, 'unreachable');
    }
    assert.equal(requests, 2);
  });
});

const answers: readonly (readonly [status: number, kind: string])[] = [
  [404, 'absent'],
  [410, 'absent'],
  [403, 'absent'],
  [429, 'unreachable'],
  [500, 'unreachable'],
];

for (const [status, kind] of answers) {
  test(`status ${status} means ${kind}`, async () => {
    await withServer(
      (_request, response) => response.writeHead(status).end('no'),
      async (transport, base) => {
        const answer = await transport.read(`${base}/x`, 100);
        assert.equal(answer.ok ? '' : answer.error.kind, kind);
      },
    );
  });
}

test('small and large files must be what was said of them', async () => {
  await withServer(
    (request, response) => response.end(request.url === '/large' ? large : 'small'),
    async (transport, base, directory) => {
      assert.equal((await transport.readVerified(`${base}/large`, facts)).ok, true);
      assert.deepEqual(await readdir(directory), []);
      for (const wrong of [
        { ...facts, sha256: '0'.repeat(64) },
        { ...facts, size: facts.size - 1 },
      ]) {
        const answer = await transport.readVerified(`${base}/large`, wrong);
        assert.equal(answer.ok ? '' : answer.error.kind, 'wrong');
      }
      const short = await transport.readVerified(`${base}/small`, { ...facts, size: 5 });
      assert.equal(short.ok ? '' : short.error.kind, 'wrong');
    },
  );
});

test('an interrupted download is continued, what is long forgotten removed', async () => {
  const ranges: (string | undefined)[] = [];
  await withServer(
    (request, response) => {
      const { range } = request.headers;
      ranges.push(range);
      const from = Number(/\d+/.exec(range ?? '0')?.[0]);
      const headers = { 'content-range': `bytes ${from}-${large.length - 1}/${large.length}` };
      response.writeHead(range ? 206 : 200, range ? headers : {}).end(large.subarray(from));
    },
    async (transport, base, directory) => {
      await mkdir(directory, { recursive: true });
      const leftover = (sha256: string) => join(directory, `plimsoll-${sha256}-${randomUUID()}.partial`);
      const [left, forgotten, foreign] = [
        leftover(facts.sha256),
        leftover('0'.repeat(64)),
        join(directory, 'mine.txt'),
      ];
      await writeFile(left, large.subarray(0, 1000));
      await writeFile(forgotten, 'x');
      const now = Date.now() / 1000;
      await utimes(left, now - 600, now - 600);
      await writeFile(foreign, 'x');
      for (const path of [forgotten, foreign]) await utimes(path, now - 600_000, now - 600_000);
      const answer = await transport.readVerified(`${base}/large`, facts);
      assert.equal(answer.ok && answer.value.equals(large), true);
      assert.deepEqual(ranges, ['bytes=1000-']);
      assert.deepEqual(await readdir(directory), ['mine.txt']);
    },
  );
});
