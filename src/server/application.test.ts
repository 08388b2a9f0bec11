import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { testContext } from '../../test/kit/server-context.ts';
import { emptyStorage } from '../../test/kit/storage.ts';
import { createApplication } from './application.ts';
import { openApiDocument } from './openapi.ts';
import { routes } from './routes/index.ts';

const storage = await emptyStorage();
const application = await createApplication({
  context: testContext(storage.query, () => new Date()),
  routes,
  authenticate: async () => undefined,
  requestsPerMinute: 10_000,
});
after(() => application.close());

test('says that it is ready, and that there is nothing where there is nothing', async () => {
  const ready = await application.inject('/health/ready');
  assert.equal(ready.statusCode, 200);
  const missing = await application.inject('/api/v1/nowhere');
  assert.equal(missing.statusCode, 404);
  assert.match(String(missing.headers['content-type']), /^application\/problem\+json/);
  assert.equal(missing.json().title, 'not-found');
});

test('every route but those for anyone refuses who is not known', async () => {
  for (const { method, path, permission } of routes) {
    const url = path.replaceAll(/\{\w+\}/g, '00000000-0000-0000-0000-000000000000');
    const { statusCode } = await application.inject({ method, url });
    assert.equal(statusCode === 401, permission !== 'anyone', `${method} ${path} answers ${statusCode}`);
  }
});

test('routes have ids and places of their own, and are in the OpenAPI document', () => {
  const document = JSON.stringify(openApiDocument(routes));
  assert.equal(new Set(routes.map(({ id }) => id)).size, routes.length);
  assert.equal(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size, routes.length);
  for (const { id } of routes) assert.ok(document.includes(`"operationId":"${id}"`));
});
