import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Span, type SpanOptions, type Tracer, trace } from '@opentelemetry/api';
import { z } from 'zod';
import { traced } from '#foundation/tracing/index.ts';
import { testContext } from '../../../test/kit/server-context.ts';
import { emptyStorage } from '../../../test/kit/storage.ts';
import { createApplication } from '../application.ts';
import { runNext } from '../jobs/runner.ts';
import { nothing, route } from '../route.ts';
import { routes } from '../routes/index.ts';

const { query } = await emptyStorage();
const context = testContext(query);
const failing = route({
  id: 'fail',
  method: 'GET',
  path: '/fail/{id}',
  summary: 'Fails',
  permission: 'anyone',
  ...nothing,
  params: z.object({ id: z.string() }),
  answer: z.object({}),
  handle: async () => {
    throw new Error('the secret of the failure');
  },
});
const application = await createApplication({
  context,
  routes: [...routes, failing],
  authenticate: async () => ({
    account: crypto.randomUUID(),
    name: 'm',
    kind: 'machine',
    grants: [{ permissions: new Set(['system:metrics']), scope: { kind: 'all' } }],
  }),
  requestsPerMinute: 1000,
});

/** The smallest SDK: it notes what ended. */
const ended: { name: string; attributes: string; status?: string }[] = [];
function startSpan(name: string, { attributes }: SpanOptions = {}): Span {
  const note: (typeof ended)[number] = { name, attributes: JSON.stringify(attributes ?? {}) };
  const bare = trace.wrapSpanContext({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 });
  return Object.assign(bare, {
    setStatus: ({ message = '' }) => Object.assign(note, { status: message }) && bare,
    end: () => void ended.push(note),
  });
}
const tracer: Tracer = {
  startSpan,
  startActiveSpan: (name: string, options: SpanOptions, _: unknown, work: (span: Span) => unknown) =>
    work(startSpan(name, options)),
} as Tracer;

test('figures count requests by the route that answered, and by no address of a caller', async () => {
  await application.inject('/health/live');
  await application.inject('/fail/visible-in-no-metric');
  await application.inject('/nowhere/visible-in-no-metric');
  const { body, headers } = await application.inject('/metrics');
  assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4/);
  assert.equal(headers['content-disposition'], undefined);
  assert.match(
    body,
    /plimsoll_http_request_duration_seconds_count\{method="GET",route="\/health\/live",status="2xx"\} [1-9]/,
  );
  assert.match(body, /route="\/fail\/:id",status="5xx"\} [1-9]/);
  assert.doesNotMatch(body, /visible-in-no-metric/);
  for (const name of ['plimsoll_database_bytes', 'plimsoll_jobs{state="dead"}', 'process_resident_memory_bytes'])
    assert.ok(body.includes(`\n${name} `), name);
});

test('where somebody brought an SDK there are spans of requests, jobs and queries, without secrets', async () => {
  assert.equal(await traced({ name: 'nobody looks', kind: 'internal' }, async () => 7), 7);
  trace.setGlobalTracerProvider({ getTracer: () => tracer });
  try {
    await application.inject('/health/ready?');
    assert.equal((await application.inject('/fail/hidden')).statusCode, 500);
    await query
      .insertInto('job')
      .values({ kind: 'weigh', payload: '{"word":"hidden"}', run_at: context.now() })
      .execute();
    const handlers = new Map([['weigh', async () => undefined]]);
    assert.ok(await runNext({ context, handlers, onFailure: () => undefined }, new AbortController().signal));
  } finally {
    trace.disable();
  }
  const names = new Set(ended.map(({ name }) => name));
  for (const name of ['GET /health/ready', 'GET /fail/{id}', 'job weigh', 'query']) assert.ok(names.has(name), name);
  assert.equal(ended.find(({ name }) => name === 'GET /fail/{id}')?.status, 'Error');
  assert.doesNotMatch(JSON.stringify(ended), /hidden|the secret of the failure/);
});
