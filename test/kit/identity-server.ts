import { after } from 'node:test';
import type { InjectOptions } from 'fastify';
import { createHttpClient, userAgent } from '#foundation/index.ts';
import type { Role, Scope } from '#identity/index.ts';
import { addAccount, addGrant, type Query } from '#storage/index.ts';
import { createApplication } from '../../src/server/application.ts';
import { createAuthenticate } from '../../src/server/authentication/authenticate.ts';
import { createIssuerKeys } from '../../src/server/authentication/issuer/issuer-keys.ts';
import { createTrustedIssuers } from '../../src/server/authentication/issuer/trusted-issuers.ts';
import { startSession } from '../../src/server/authentication/session.ts';
import { routes } from '../../src/server/routes/index.ts';
import { testContext } from './server-context.ts';

export interface Answer {
  readonly status: number;
  // What an answer holds is for each test to say.
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape
  readonly body: any;
  /** The last that was set. */
  readonly cookie: string | undefined;
  /** Where a browser is sent, and the session that it has then. */
  readonly redirect: { readonly location: string | undefined; readonly session: string | undefined };
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Headers = Readonly<Record<string, string>>;

/** Somebody who is signed in. */
export interface Visitor {
  readonly id: string;
  call(method: Method, path: string, body?: object): Promise<Answer>;
}

/** Where browsers come to in tests. */
export const ORIGIN = 'https://plimsoll.example';

/** The application with its real authentication and a clock that the test turns. */
export async function identityServer(query: Query) {
  let now = new Date('2026-11-24T10:00:00Z');
  const context = testContext(query, () => now);
  const http = createHttpClient({ userAgent, retries: { retries: 0 } });
  const issuers = createTrustedIssuers(context, createIssuerKeys(http, context.now));
  const application = await createApplication({
    context,
    routes,
    authenticate: createAuthenticate({ context, secureCookies: true, issuers }),
    requestsPerMinute: 1_000_000,
  });
  after(async () => {
    await application.close();
    http.close();
  });

  const call = async (method: Method, path: string, headers: Headers = {}, body?: object): Promise<Answer> => {
    const options: InjectOptions = { method, url: path, headers: { host: new URL(ORIGIN).host, ...headers } };
    const answer = await application.inject(body === undefined ? options : { ...options, payload: body });
    const json = String(answer.headers['content-type']).includes('json');
    const session = answer.cookies.find(({ name }) => name === '__Host-plimsoll')?.value;
    return {
      status: answer.statusCode,
      body: json ? answer.json() : undefined,
      cookie: answer.cookies[0]?.value,
      redirect: { location: answer.headers.location?.toString(), session },
    };
  };

  const visitor = async (name: string, grants: readonly (readonly [role: Role, scope: Scope])[]): Promise<Visitor> => {
    const id = await addAccount(query, { kind: 'person', name, email: null }, now);
    if (id === undefined) throw new Error(`there is an account ${name} already`);
    for (const [role, scope] of grants) await addGrant(query, { account: id, team: null, role, scope, createdAt: now });
    let secret = '';
    const set = (value: string) => {
      secret = value;
    };
    const cookie = { value: undefined, set, clear: () => undefined };
    const csrf = await startSession(query, { account: id, address: '192.0.2.1', agent: 'test', cookie }, now);
    const headers = { cookie: `__Host-plimsoll=${secret}`, origin: ORIGIN, 'x-plimsoll-csrf': csrf };
    return { id, call: (method, path, body) => call(method, path, headers, body) };
  };

  return {
    context,
    call,
    visitor,
    /** Turns the clock. */
    later(ms: number) {
      now = new Date(now.getTime() + ms);
    },
  };
}
