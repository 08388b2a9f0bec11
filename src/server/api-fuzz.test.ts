import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { InjectOptions } from 'fastify';
import { type Principal, permissions } from '#identity/index.ts';
import { addAccount, addTeam } from '#storage/index.ts';
import { sampleReport } from '../../test/kit/report.ts';
import { random, type Schema, type ValueOptions, valueFor } from '../../test/kit/schema-values.ts';
import { testContext } from '../../test/kit/server-context.ts';
import { emptyStorage } from '../../test/kit/storage.ts';
import { createApplication } from './application.ts';
import { openApiDocument } from './openapi.ts';
import { routes } from './routes/index.ts';

/** `PLIMSOLL_API_FUZZ_SECONDS=600 node --test src/server/api-fuzz.test.ts` for longer; `PLIMSOLL_API_FUZZ_SEED` for the same again. */
const SECONDS = Number(process.env['PLIMSOLL_API_FUZZ_SECONDS'] ?? 6);
const SEED = Number(process.env['PLIMSOLL_API_FUZZ_SEED'] ?? 20_261_124);

interface Operation {
  readonly operationId: string;
  readonly 'x-permission': string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >;
}

// What the document says is what a client relies on: it is read as one would read it.
const document = JSON.parse(JSON.stringify(openApiDocument(routes))) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: { readonly Problem: object } };
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

const ajv = new Ajv.Ajv2020({ strict: false, allErrors: false });
addFormats.default(ajv);
const isProblem = ajv.compile(document.components.schemas.Problem);
const validators = new Map<string, ValidateFunction>();
for (const { operation } of operations)
  for (const [status, { content }] of Object.entries(operation.responses)) {
    const schema = status === 'default' ? undefined : content?.['application/json']?.schema;
    if (schema) validators.set(`${operation.operationId} ${status}`, ajv.compile(schema));
  }

const { query } = await emptyStorage();
const context = testContext(query);
const account = (await addAccount(query, { kind: 'person', name: 'ada', email: null }, context.now())) ?? '';
const team = (await addTeam(query, 'shop', context.now())) ?? '';
const ids: string[] = [account, team];
let principal: Principal | undefined;
const application = await createApplication({
  context,
  routes,
  authenticate: async () => principal,
  requestsPerMinute: 100_000_000,
});
after(() => application.close());

const everything: Principal = {
  account,
  name: 'ada',
  kind: 'person',
  grants: [{ permissions: new Set(permissions), scope: { kind: 'all' } }],
  session: '00000000-0000-4000-8000-000000000000',
};
principal = everything;
for (const createdAt of ['2026-11-20T08:00:00.000Z', '2026-11-22T08:00:00.000Z']) {
  const payload = JSON.stringify(sampleReport({ createdAt }));
  const { statusCode, body } = await application.inject({ method: 'POST', url: '/api/v1/reports', payload });
  assert.equal(statusCode, 201, body);
}
const { body: found } = await application.inject('/api/v1/findings');
for (const { id } of JSON.parse(found).items) ids.push(id);
const nothing: Principal = { account, name: 'ada', kind: 'person', grants: [] };

function requestFor({ path, method, operation }: (typeof operations)[number], options: ValueOptions): InjectOptions {
  const text = (value: unknown): string =>
    (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, 5000);
  let url = path;
  const search = new URLSearchParams();
  for (const { name, in: place, required, schema } of operation.parameters) {
    if (place === 'path')
      url = url.replace(`{${name}}`, encodeURIComponent(wellFormed(text(valueFor(schema, options)))));
    else if (required || options.random() < 0.4) search.set(name, wellFormed(text(valueFor(schema, options))));
  }
  const body = operation.requestBody?.content['application/json']?.schema;
  const asked = { method: method as 'GET', url: search.size > 0 ? `${url}?${search}` : url };
  if (operation.requestBody === undefined) return asked;
  const payload = body ? JSON.stringify(valueFor(body, options)) : '{"schema":"plimsoll.scan.v1"}';
  return { ...asked, payload: payload ?? '', headers: { 'content-type': 'application/json' } };
}

/** Half of a surrogate pair cannot be in an address. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}

/** What somebody else's machine does. */
const ELSEWHERE: ReadonlySet<string> = new Set(['provider-unreachable', 'channel-unreachable', 'tracker-unreachable']);

interface Outcome {
  readonly one: (typeof operations)[number];
  readonly who: Principal | undefined;
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** How it can be done again, and what came of it. */
  readonly shown: string;
}

function checkProblem({ status, type, body, shown }: Outcome): void {
  assert.match(type, /^application\/problem\+json/, shown);
  const problem: { readonly title: string } = JSON.parse(body);
  const isRight = isProblem(problem);
  assert.ok(isRight, `${shown} ${ajv.errorsText(isProblem.errors)}`);
  assert.ok(status < 500 || ELSEWHERE.has(problem.title), shown);
}

function checkAnswer({ one, status, type, body, shown }: Outcome): void {
  if (!type.startsWith('application/json')) return;
  const validate = validators.get(`${one.operation.operationId} ${status}`);
  assert.ok(validate, `${shown}: no such status in the document`);
  assert.ok(validate(JSON.parse(body)), `${shown} ${ajv.errorsText(validate.errors)}`);
  for (const [id] of body.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)) if (ids.length < 300) ids.push(id);
}

/** An address that is too long, and a body that is no JSON, are refused before anybody asks who it is. */
function checkRights({ one, who, status, body, shown }: Outcome): void {
  const { 'x-permission': permission } = one.operation;
  if (permission === 'anyone' || status === 414 || body.includes('Body is not valid JSON')) return;
  if (who === undefined) assert.equal(status, 401, shown);
  if (who === nothing && permission !== 'signed-in') assert.equal(status, 403, shown);
}

async function ask(one: Outcome['one'], who: Outcome['who'], options: ValueOptions, round: number): Promise<Outcome> {
  principal = who;
  const request = requestFor(one, options);
  const { statusCode: status, headers, body } = await application.inject(request);
  const asked = [request.method, request.url, request.payload ?? '']
    .map((part) => String(part).slice(0, 500))
    .join(' ');
  const shown = `seed ${SEED}, round ${round}: ${asked} -> ${status} ${body.slice(0, 500)}`;
  return { one, who, status, type: String(headers['content-type'] ?? ''), body, shown };
}

test('no request makes the server fail, and every answer is as the document says, with rights and without', async (context) => {
  const next = random(SEED);
  const ends = performance.now() + SECONDS * 1000;
  const answered = new Set<string>();
  let round = 0;
  for (; performance.now() < ends || round < 2; round++) {
    for (const one of operations) {
      for (const who of [undefined, nothing, everything]) {
        const outcome = await ask(one, who, { random: next, ids, junk: round % 3 === 0 ? 0 : 0.08 }, round);
        if (outcome.status >= 400) checkProblem(outcome);
        else checkAnswer(outcome);
        checkRights(outcome);
        if (outcome.status < 400) answered.add(one.operation.operationId);
      }
    }
  }
  context.diagnostic(`${round} rounds of ${operations.length} operations; ${answered.size} of them did what was asked`);
  assert.ok(answered.size > operations.length / 3, 'most requests are good ones');
});
