import { Readable } from 'node:stream';
import cookies from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Certified } from '#foundation/certificates/index.ts';
import { traced } from '#foundation/tracing/index.ts';
import type { Principal } from '#identity/index.ts';
import { isDatabaseAway } from '#postgres/index.ts';
import { flowCookie, sessionCookie } from './authentication/session-cookie.ts';
import { registerConsole } from './console/console.ts';
import { Download } from './download.ts';
import { entityTag, namesTag } from './entity-tag.ts';
import { type Answered, answerOnce } from './idempotency.ts';
import { type LogLevel, logOptions } from './log.ts';
import { allows } from './permission.ts';
import { Redirect } from './redirect.ts';
import { type FieldProblem, RequestProblem } from './request-problem.ts';
import type { Route, RouteRequest, ServerContext } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { measureRequests } from './telemetry/request-hooks.ts';

/** Says who asks; undefined for somebody unknown. Throws a `RequestProblem` for credentials that are wrong. */
export type Authenticate = (request: FastifyRequest) => Promise<Principal | undefined>;

export interface ApplicationOptions {
  readonly context: ServerContext;
  readonly routes: readonly Route[];
  readonly authenticate: Authenticate;
  /** Requests of one address in a minute. */
  readonly requestsPerMinute: number;
  /** Nothing when absent. */
  readonly log?: LogLevel;
  /** False only where it answers this machine alone, without TLS; true when absent. */
  readonly secureCookies?: boolean;
  /** Answers by TLS with it; without when absent. */
  readonly tls?: Certified;
  /** Ranges of addresses whose `X-Forwarded-For` is believed. */
  readonly trustedProxies?: readonly string[];
  /** Directory of the built console; absent where there is none, as for workers. */
  readonly console?: string;
}

const MAX_BODY = 1024 * 1024;
const SLOW = { headersTimeout: 20_000, connectionsCheckingInterval: 5000 };
/** Of one process: more wait at the door. */
const MAX_CONNECTIONS = 4000;

/** The HTTP application with all its routes; it listens nowhere yet. */
export async function createApplication(options: ApplicationOptions): Promise<FastifyInstance> {
  const { secureCookies = true, tls, trustedProxies = [] } = options;
  const addHeaders = securityHeaders(secureCookies);
  const application = fastify({
    logger: logOptions(options.log ?? 'nothing'),
    bodyLimit: MAX_BODY,
    requestTimeout: 120_000,
    // Who sends its head more slowly only wants to hold the connection.
    http: SLOW,
    ...(tls && { https: { ...SLOW, cert: tls.certificate, key: tls.key, minVersion: 'TLSv1.2' } }),
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    genReqId: () => crypto.randomUUID(),
    // Addresses that cannot be read, or are too long, come by no hook.
    frameworkErrors: async (error, request, reply) => {
      await addHeaders(request, reply);
      await answerProblem(error, request, reply);
    },
  });
  application.server.maxConnections = MAX_CONNECTIONS;
  await application.register(cookies);
  await application.register(rateLimit, { max: options.requestsPerMinute, timeWindow: '1 minute' });
  application.addHook('onSend', addHeaders);
  measureRequests(application);
  application.setErrorHandler(answerProblem);
  if (options.console === undefined)
    application.setNotFoundHandler(() => {
      throw new RequestProblem(404, 'not-found', 'There is nothing at this address.');
    });
  for (const route of options.routes.filter(({ takesBytes }) => !takesBytes)) register(application, route, options);
  await application.register(async (bytes) => {
    takeBytes(bytes, options);
  });
  if (options.console !== undefined) await registerConsole(application, options.console);
  return application;
}

/** Routes whose bodies are taken as they are. Who may not send one is told so before it is read: it may be large. */
function takeBytes(application: FastifyInstance, options: ApplicationOptions): void {
  application.removeAllContentTypeParsers();
  application.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  const permissions = new Map(options.routes.map(({ path, permission }) => [urlOf(path), permission]));
  application.addHook('onRequest', async (request) => {
    const permission = permissions.get(request.routeOptions.url ?? '') ?? 'signed-in';
    allows(permission === 'anyone' ? undefined : await options.authenticate(request), permission);
  });
  for (const route of options.routes.filter(({ takesBytes }) => takesBytes)) register(application, route, options);
}

function urlOf(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function register(application: FastifyInstance, route: Route, options: ApplicationOptions): void {
  application.route({
    method: route.method,
    url: urlOf(route.path),
    bodyLimit: route.maxBody ?? MAX_BODY,
    handler: (request, reply) =>
      traced(
        {
          name: `${route.method} ${route.path}`,
          kind: 'server',
          attributes: { 'http.request.method': route.method, 'http.route': route.path, 'plimsoll.request': request.id },
          carrier: request.headers,
        },
        () => answer(route, options, request, reply),
      ),
  });
}

async function answer(
  route: Route,
  { context, authenticate, secureCookies = true }: ApplicationOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const principal = route.permission === 'anyone' ? undefined : await authenticate(request);
  allows(principal, route.permission);
  const asked = {
    params: parsed(route.params, request.params, 'path'),
    search: parsed(strictly(route.search), request.query, 'query'),
    body: parsed(route.body, request.body ?? undefined, 'body'),
    principal,
    headers: headersOf(request),
    address: request.ip,
    cookie: sessionCookie(request, reply, secureCookies),
    flow: flowCookie(request, reply, secureCookies),
  };
  await send(reply, route, await answerOnce(route, asked, request.url, context), asked.headers);
}

async function send(
  reply: FastifyReply,
  { method, path }: Route,
  { status, answer, isRepeated }: Answered,
  headers: RouteRequest<unknown, unknown, unknown>['headers'],
): Promise<void> {
  reply.status(status);
  if (isRepeated) reply.header('idempotency-replayed', 'true');
  if (answer instanceof Download) return sendFile(reply, answer);
  if (answer instanceof Redirect) {
    await reply.redirect(answer.path, 303);
    return;
  }
  // Of single things; what lists answer is seldom the same twice.
  if (status === 200 && method !== 'DELETE' && path.endsWith('}')) {
    const tag = entityTag(answer);
    reply.header('etag', tag);
    const known = headers['if-none-match'];
    if (method === 'GET' && known !== undefined && namesTag(known, tag, true)) {
      await reply.status(304).send();
      return;
    }
  }
  await reply.send(status === 204 ? undefined : answer);
}

async function sendFile(reply: FastifyReply, { mediaType, fileName, content }: Download): Promise<void> {
  if (fileName !== undefined) reply.header('content-disposition', `attachment; filename="${fileName}"`);
  // A stream that goes on: its connection ends with it, or would keep a server open that ends.
  else if (content instanceof Readable) reply.header('connection', 'close');
  await reply.header('content-type', mediaType).send(content);
}

/** A filter whose name is not known would otherwise be no filter, and show everything. */
function strictly<T>(schema: z.ZodType<T>): z.ZodType {
  return schema instanceof z.ZodObject ? schema.strict() : schema;
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  if (hasNul(value, 0)) throw withNul(where);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map(
    ({ path, message }): FieldProblem => ({ field: [where, ...path.map(String)].join('.'), message }),
  );
  throw new RequestProblem(400, 'invalid-request', 'The request is not as it must be; see fields.', fields);
}

const MAX_DEPTH = 100;

/** Texts of PostgreSQL hold every character but this one. Bytes that a route takes as they are are not looked at. */
function hasNul(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return false;
  if (depth > MAX_DEPTH) return true;
  return Object.entries(value).some(([name, member]) => name.includes('\0') || hasNul(member, depth + 1));
}

function withNul(where: string): RequestProblem {
  const message = 'It has the character NUL in it, or is nested too deeply.';
  return new RequestProblem(400, 'invalid-request', 'The request is not as it must be; see fields.', [
    { field: where, message },
  ]);
}

function headersOf({ headers }: FastifyRequest): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

/** RFC 9457. What we did not foresee is in the log, under the request's id, and not in the answer. */
async function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { status, code, message, fields, retrySeconds } = problemOf(error);
  if (status >= 500) request.log.error(error);
  const wait = retrySeconds ?? (status === 503 ? RETRY_SECONDS : undefined);
  if (wait !== undefined) reply.header('retry-after', wait);
  await reply
    .status(status)
    .header('content-type', 'application/problem+json')
    .send({
      type: `https://plimsoll.dev/problems/${code}`,
      title: code,
      status,
      detail: message,
      instance: request.id,
      fields,
    });
}

/** A database of our own that was killed is back in about that time. */
const RETRY_SECONDS = 5;

function problemOf(error: unknown): RequestProblem {
  if (error instanceof RequestProblem) return error;
  if (isDatabaseAway(error))
    return new RequestProblem(503, 'database-away', 'The database does not answer; try again in a moment.');
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (error instanceof Error && status >= 400 && status < 500)
    return new RequestProblem(status, codeOf(status), error.message);
  return new RequestProblem(
    500,
    'internal-error',
    'Something went wrong here. The log of the server says what, under the id in instance.',
  );
}

function codeOf(status: number): string {
  if (status === 429) return 'too-many-requests';
  return status === 413 ? 'too-large' : 'invalid-request';
}
