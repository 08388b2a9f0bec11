import { type Operations, operations } from './operations.ts';

/** `listFindings` */
export type OperationId = keyof Operations;
export type RequestOf<Id extends OperationId> = Operations[Id]['request'];
/** What an operation answers: `AnswerOf<'listFindings'>`. */
export type AnswerOf<Id extends OperationId> = Operations[Id]['answer'];
/** What a list has in it: `ItemOf<'listFindings'>`. */
export type ItemOf<Id extends OperationId> =
  AnswerOf<Id> extends { readonly items: readonly (infer Item)[] } ? Item : never;

/** Nothing where nothing is needed: `call('getMe')`, `call('listFindings')`, `call('getFinding', { params: { id } })`. */
type Given<Id extends OperationId> =
  RequestOf<Id> extends undefined
    ? [request?: undefined, options?: CallOptions]
    : Record<never, never> extends RequestOf<Id>
      ? [request?: RequestOf<Id>, options?: CallOptions]
      : [request: RequestOf<Id>, options?: CallOptions];

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** The same POST with the same key is done once, however often it is sent. */
  readonly idempotencyKey?: string;
}

export interface ClientOptions {
  /** `https://plimsoll.example`; in a page of the server itself it is left out. */
  readonly server?: string;
  /** `plm_...`; in a page the cookie of the session says who asks. */
  readonly token?: string;
  readonly fetch?: typeof globalThis.fetch;
}

export interface Client {
  /** Does one operation. Throws an `ApiProblem` when the server refuses, and what `fetch` throws when it is not reached. */
  call<Id extends OperationId>(id: Id, ...given: Given<Id>): Promise<AnswerOf<Id>>;
  /** Everything of a list, page after page. */
  all<Id extends OperationId>(id: Id, ...given: Given<Id>): AsyncGenerator<ItemOf<Id>, void, undefined>;
  /** Where an operation is read by a link, such as a download. */
  address<Id extends OperationId>(id: Id, ...given: Given<Id>): string;
}

/** Why the server did not do it (RFC 9457). */
export class ApiProblem extends Error {
  readonly status: number;
  /** Permanent word for programs: `not-found`. */
  readonly code: string;
  readonly fields: readonly FieldProblem[];
  /** By which the log of the server knows it. */
  readonly instance: string;

  constructor(status: number, { title, detail, fields, instance }: ProblemDocument) {
    super(detail);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = title;
    this.fields = fields;
    this.instance = instance;
  }
}

export interface FieldProblem {
  /** `body.scope.name` */
  readonly field: string;
  readonly message: string;
}

interface ProblemDocument {
  readonly title: string;
  readonly detail: string;
  readonly instance: string;
  readonly fields: readonly FieldProblem[];
}

/** What a request may have, whichever operation it is of. */
interface AnyRequest {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly search?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** A client of the interface for browsers and Node. */
export function createClient(options: ClientOptions = {}): Client {
  const session = sessionOf(options);
  const client: Client = {
    async call(id, ...[request, callOptions]) {
      return (await send(options, session, id, request ?? {}, callOptions ?? {})) as AnswerOf<typeof id>;
    },
    async *all(id, ...[request, callOptions]) {
      let cursor: unknown;
      do {
        const { search, ...rest }: AnyRequest = request ?? {};
        const asked = { ...rest, search: { limit: PAGE, ...search, ...(cursor !== undefined && { cursor }) } };
        const page = membersOf(await send(options, session, id, asked, callOptions ?? {}));
        const items = page.get('items');
        if (Array.isArray(items)) yield* items;
        cursor = page.get('next');
      } while (cursor !== undefined);
    },
    address: (id, ...[request]) => `${options.server ?? ''}${addressOf(id, request ?? {})}`,
  };
  return client;
}

const PAGE = 200;

function addressOf(id: OperationId, { params = {}, search = {} }: AnyRequest): string {
  const path = operations[id][1].replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const given = Object.entries(search)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string] => [name, String(value)]);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** Who asks by a cookie proves with each change that the page asks. */
interface Session {
  csrf(isRenewed: boolean): Promise<string>;
}

function sessionOf(options: ClientOptions): Session {
  let token: Promise<string> | undefined;
  return {
    csrf(isRenewed) {
      if (isRenewed) token = undefined;
      token ??= readCsrf(options).catch((error: unknown) => {
        token = undefined;
        throw error;
      });
      return token;
    },
  };
}

async function readCsrf(options: ClientOptions): Promise<string> {
  const csrf = membersOf(await answerOf(await request(options, 'getSession', {}, {}, {}))).get('csrf');
  return typeof csrf === 'string' ? csrf : '';
}

/** What is asked by somebody who is not signed in yet, in one way or another. */
function isSigningIn(method: string, path: string): boolean {
  return method === 'POST' && /^\/api\/v1\/session(?:\/|$)/.test(path);
}

async function send(
  options: ClientOptions,
  session: Session,
  id: OperationId,
  asked: AnyRequest,
  callOptions: CallOptions,
): Promise<unknown> {
  const [method, path] = operations[id];
  const needsCsrf = options.token === undefined && method !== 'GET' && !isSigningIn(method, path);
  if (!needsCsrf) return answerOf(await request(options, id, asked, callOptions, {}));
  const headers = { 'x-plimsoll-csrf': await session.csrf(false) };
  const answer = await request(options, id, asked, callOptions, headers);
  // Another tab may have signed in anew.
  if (answer.status !== 403 || (await codeOf(answer.clone())) !== 'forged-request') return answerOf(answer);
  const renewed = { 'x-plimsoll-csrf': await session.csrf(true) };
  return answerOf(await request(options, id, asked, callOptions, renewed));
}

function request(
  { server = '', token, fetch = globalThis.fetch }: ClientOptions,
  id: OperationId,
  asked: AnyRequest,
  { signal, idempotencyKey }: CallOptions,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const { body } = asked;
  return fetch(`${server}${addressOf(id, asked)}`, {
    method: operations[id][0],
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': isBytes(body) ? 'application/octet-stream' : 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      ...headers,
    },
    ...(body !== undefined && { body: isBytes(body) ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
  });
}

/** What is sent as it is, of operations that take files. */
function isBytes(body: unknown): body is Blob | Uint8Array<ArrayBuffer> | string {
  return body instanceof Blob || body instanceof Uint8Array || typeof body === 'string';
}

/** JSON as what it says, a download as its text. */
async function answerOf(response: Response): Promise<unknown> {
  if (!response.ok) throw new ApiProblem(response.status, await problemOf(response));
  if (response.status === 204) return undefined;
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return isJson ? response.json() : response.text();
}

async function codeOf(response: Response): Promise<string> {
  return (await problemOf(response)).title;
}

/** What answers may be a proxy, which speaks otherwise. */
async function problemOf(response: Response): Promise<ProblemDocument> {
  const document = membersOf(await response.json().catch(() => undefined));
  const text = (name: string, otherwise: string): string => {
    const value = document.get(name);
    return typeof value === 'string' ? value : otherwise;
  };
  const fields = document.get('fields');
  return {
    title: text('title', 'no-problem-document'),
    detail: text('detail', `The server answered ${response.status} ${response.statusText}`.trim()),
    instance: text('instance', ''),
    fields: Array.isArray(fields) ? fields.flatMap(fieldOf) : [],
  };
}

function fieldOf(value: unknown): FieldProblem[] {
  const members = membersOf(value);
  const [field, message] = [members.get('field'), members.get('message')];
  return typeof field === 'string' && typeof message === 'string' ? [{ field, message }] : [];
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}
