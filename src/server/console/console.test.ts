import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fastify, { type FastifyInstance } from 'fastify';
import { RequestProblem } from '../request-problem.ts';
import { registerConsole } from './console.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-console-'));
after(() => rmSync(directory, { recursive: true }));
const script = `console.log(${JSON.stringify('x'.repeat(2000))})`;
mkdirSync(join(directory, 'assets'));
mkdirSync(join(directory, '.vite'));
writeFileSync(join(directory, 'index.html'), '<!doctype html><title>Plimsoll</title>');
writeFileSync(join(directory, 'theme.js'), 'apply()');
writeFileSync(join(directory, 'assets/main-aB3_dE-9.js'), script);
writeFileSync(join(directory, 'assets/main-aB3_dE-9.js.gz'), gzipSync(script));
writeFileSync(join(directory, '.vite/manifest.json'), '{}');

async function serving(console: string): Promise<FastifyInstance> {
  const application = fastify();
  application.setErrorHandler((error, _, reply) =>
    reply.status(error instanceof RequestProblem ? error.status : 500).send('problem'),
  );
  await registerConsole(application, console);
  after(() => application.close());
  return application;
}

const built = await serving(directory);
const ask = (url: string, headers = {}, method: 'GET' | 'POST' = 'GET') =>
  built.inject({ method, url, headers: { accept: 'text/html,*/*', ...headers } });

test('every address of the console is answered with its page, under a policy that allows nothing of others', async () => {
  for (const url of ['/', '/findings?filter=is%3Aopen', '/inventory/assets/7', '/apidocs']) {
    const answer = await ask(url);
    assert.equal(answer.statusCode, 200, url);
    assert.match(answer.body, /<title>Plimsoll/);
    assert.match(
      String(answer.headers['content-security-policy']),
      /default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    assert.doesNotMatch(String(answer.headers['content-security-policy']), /unsafe|\*|https?:/);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.equal(answer.headers['cache-control'], 'no-cache');
  }
});

test('files with a name by content are kept for good, others are asked for again', async () => {
  const hashed = await ask('/assets/main-aB3_dE-9.js');
  assert.equal(hashed.headers['cache-control'], 'public, max-age=31536000, immutable');
  const compressed = await ask('/assets/main-aB3_dE-9.js', { 'accept-encoding': 'gzip' });
  assert.equal(compressed.headers['content-encoding'], 'gzip');
  assert.equal(compressed.headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.equal((await ask('/theme.js')).headers['cache-control'], 'no-cache');
});

test('what is not there, not a page or not ours to show is not the console', async () => {
  for (const [url, headers, method] of [
    ['/api/v1/nothing', {}, 'GET'],
    ['/api', {}, 'GET'],
    ['/assets/gone-aB3_dE-9.js', {}, 'GET'],
    ['/findings', { accept: 'application/json' }, 'GET'],
    ['/findings', {}, 'POST'],
    ['/..%2f..%2fetc/passwd', { accept: '*/*' }, 'GET'],
    ['/.vite/manifest.json', { accept: '*/*' }, 'GET'],
  ] as const)
    assert.ok((await ask(url, headers, method)).statusCode >= 400, url);
});

test('without a built console the page says how to build it', async () => {
  const application = await serving(join(directory, 'nowhere'));
  const answer = await application.inject({ url: '/', headers: { accept: 'text/html' } });
  assert.equal(answer.statusCode, 503);
  assert.match(answer.body, /npm run build/);
  assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/);
});
