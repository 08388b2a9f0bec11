import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startServer } from '../../../test/kit/loopback-server.ts';
import { createHttpClient } from './client.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-download-'));
after(() => rmSync(directory, { recursive: true }));
let files = 0;
const freshPath = () => {
  files += 1;
  return join(directory, `file-${files}`);
};

const content = Buffer.alloc(300_000, 'plimsoll ');
const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
const client = createHttpClient({
  userAgent: 'test/1',
  timeouts: { idleMs: 300 },
  retries: { retries: 2, baseDelayMs: 1 },
  proxyEnvironment: {},
});

/** Serves `content` with ranges; breaks off after `cut` bytes when told to. */
function serve(request: IncomingMessage, response: ServerResponse, etag: string, cut?: number): void {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const valid = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
  const from = valid ? start : 0;
  if (from >= content.length) {
    response.writeHead(416).end();
    return;
  }
  response.writeHead(from > 0 ? 206 : 200, {
    etag,
    'content-length': content.length - from,
    ...(from > 0 && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
  });
  if (cut === undefined) response.end(content.subarray(from));
  else response.write(content.subarray(from, from + cut), () => response.destroy());
}

test('a file comes whole, with progress, and leaves nothing else behind', async () => {
  await using server = await startServer((request, response) => serve(request, response, '"1"'));
  const path = freshPath();
  let seen = 0;
  const got = await client.download(server.origin, path, {
    digest,
    onProgress: ({ receivedBytes, totalBytes }) => {
      seen = receivedBytes;
      assert.equal(totalBytes, content.length);
    },
  });
  assert.ok(got.ok);
  assert.deepEqual([got.value.bytes, got.value.digest, seen], [content.length, digest, content.length]);
  assert.deepEqual(readFileSync(path), content);
  assert.deepEqual(readdirSync(directory), ['file-1']);
});

test('a cut connection is continued where it broke', async () => {
  await using server = await startServer((request, response, count) =>
    serve(request, response, '"1"', count < 5 ? 60_000 : undefined),
  );
  const path = freshPath();
  const got = await client.download(server.origin, path);
  assert.equal(got.ok && got.value.digest, digest);
  assert.equal(server.requests.length, 5);
  assert.ok(server.requests.slice(1).every(({ headers }) => headers.range && headers['if-range'] === '"1"'));
});

test('a later call continues an earlier one', async () => {
  await using server = await startServer((request, response, count) =>
    count <= 1
      ? serve(request, response, '"1"', 100_000)
      : count <= 4
        ? void request.socket.destroy()
        : serve(request, response, '"1"'),
  );
  const path = freshPath();
  assert.equal((await client.download(server.origin, path)).ok, false);
  assert.equal(existsSync(path), false);
  const got = await client.download(server.origin, path);
  assert.ok(got.ok);
  assert.ok(got.value.resumedBytes > 0);
  assert.equal(got.value.digest, digest);
});

test('a resource that changed between the halves is taken anew', async () => {
  await using server = await startServer((request, response, count) =>
    count === 1 ? serve(request, response, '"old"', 100_000) : serve(request, response, '"new"'),
  );
  const got = await client.download(server.origin, freshPath());
  assert.equal(got.ok && got.value.digest, digest);
});

test('without a validator an unfinished file of another call is not trusted', async () => {
  await using server = await startServer((_, response) => response.end(content));
  const path = freshPath();
  writeFileSync(`${path}.partial`, 'leftover of something else');
  const got = await client.download(server.origin, path);
  assert.equal(got.ok && got.value.digest, digest);
  assert.equal(server.requests[0]?.headers.range, undefined);
});

test('a broken leftover costs one more try, not the download', async () => {
  await using server = await startServer((request, response) => serve(request, response, '"1"'));
  const path = freshPath();
  writeFileSync(`${path}.partial`, 'leftover of something else');
  const got = await client.download(server.origin, path, { digest });
  assert.equal(got.ok && got.value.digest, digest);
});

test('a leftover longer than the resource is dropped', async () => {
  await using server = await startServer((request, response) => serve(request, response, '"1"'));
  const path = freshPath();
  writeFileSync(`${path}.partial`, Buffer.alloc(content.length + 5));
  const got = await client.download(server.origin, path, { digest });
  assert.equal(got.ok && got.value.digest, digest);
});

test('wrong content is thrown away', async () => {
  await using server = await startServer((_, response) => response.end('something else'));
  const path = freshPath();
  const got = await client.download(server.origin, path, { digest });
  assert.equal(got.ok || got.error.code, 'digest-mismatch');
  assert.deepEqual([existsSync(path), existsSync(`${path}.partial`)], [false, false]);
});

test('an error status is an error and leaves nothing behind', async () => {
  await using server = await startServer((_, response) => response.writeHead(404).end('<html>'));
  const path = freshPath();
  const got = await client.download(server.origin, path);
  assert.deepEqual(got.ok || [got.error.code, got.error.status], ['status', 404]);
  assert.deepEqual([existsSync(path), existsSync(`${path}.partial`)], [false, false]);
});

test('not modified leaves the file alone', async () => {
  await using server = await startServer((_, response) => response.writeHead(304).end());
  const path = freshPath();
  writeFileSync(path, 'mine');
  const got = await client.download(server.origin, path, { headers: { 'if-none-match': '"1"' } });
  assert.equal(got.ok && got.value.notModified, true);
  assert.equal(readFileSync(path, 'utf8'), 'mine');
});

test('more than allowed is stopped, stated or not', async () => {
  await using server = await startServer((request, response) =>
    request.url === '/stated' ? response.writeHead(200, { 'content-length': 1e9 }).write('x') : response.write(content),
  );
  for (const path of ['/stated', '/unstated']) {
    const got = await client.download(`${server.origin}${path}`, freshPath(), { maxBytes: 1_000 });
    assert.equal(got.ok || got.error.code, 'too-large');
  }
});

test('a link planted at the temporary name is not written through', async () => {
  await using server = await startServer((_, response) => response.end(content));
  const path = freshPath();
  const victim = freshPath();
  writeFileSync(victim, 'precious');
  symlinkSync(victim, `${path}.partial`);
  const got = await client.download(server.origin, path);
  assert.equal(got.ok || got.error.code, 'disk');
  assert.equal(readFileSync(victim, 'utf8'), 'precious');
});

test('a part that is shorter than what is left is not taken for the end', async () => {
  const [half, whole] = [content.subarray(0, 1000), content.subarray(0, 1500)];
  await using server = await startServer((request, response, count) => {
    if (!request.headers.range)
      response.writeHead(200, { etag: '"1"', 'content-length': 1500 }).write(half, () => response.destroy());
    else if (count < 4)
      response
        .writeHead(206, { 'content-range': `bytes ${1000 + (count - 2) * 100}-${1099 + (count - 2) * 100}/1500` })
        .end(whole.subarray(1000 + (count - 2) * 100, 1100 + (count - 2) * 100));
    else response.writeHead(206, { 'content-range': 'bytes 1200-1499/1500' }).end(whole.subarray(1200));
  });
  const path = freshPath();
  const got = await client.download(server.origin, path);
  assert.ok(got.ok);
  assert.deepEqual(readFileSync(path), whole);
});

test('a server whose halves never fit gives up in the end', async () => {
  await using server = await startServer((request, response) => {
    if (!request.headers.range)
      response.writeHead(200, { etag: '"1"', 'content-length': 9 }).write('12345', () => response.destroy());
    else response.writeHead(206, { 'content-range': 'bytes 0-3/9' }).end('1234');
  });
  const got = await client.download(server.origin, freshPath());
  assert.equal(got.ok || got.error.code, 'reset');
});
