import { z } from 'zod';
import type { Permission, Principal } from '#identity/index.ts';
import type { Query } from '#storage/index.ts';
import type { AdvisorySettings } from './advisories/settings.ts';
import type { SessionCookie } from './authentication/session-cookie.ts';
import type { LiveHub } from './live/index.ts';
import type { Outbound } from './outbound/index.ts';
import type { SecretBox } from './secrets/index.ts';

/**
 * One operation of the API, declared once: from it come the validation, the OpenAPI document, the typed client, `plimsoll api` and the
 * tests that try every route without rights.
 */
export interface Route<Params = unknown, Search = unknown, Body = unknown, Answer = unknown> {
  /** Public and permanent, the name in the client: `listFindings`. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/api/v1/findings/{id}` */
  readonly path: string;
  readonly summary: string;
  /** `anyone`: without authentication. `signed-in`: whoever is authenticated, for what is their own. */
  readonly permission: Permission | 'signed-in' | 'anyone';
  readonly params: z.ZodType<Params>;
  readonly search: z.ZodType<Search>;
  readonly body: z.ZodType<Body>;
  readonly answer: z.ZodType<Answer>;
  /** 200 when absent. */
  readonly status?: 201 | 202 | 204;
  /** Bytes of the body at most; 1 MiB when absent. */
  readonly maxBody?: number;
  /** The body is given as the bytes that came, a `Buffer`, whatever they are said to be. */
  readonly takesBytes?: true;
  /**
   * What an `Idempotency-Key` does, of a POST: the answer is kept and given again when absent. `secret`: the answer has one, and is not
   * kept. `own`: the route sees to it.
   */
  readonly idempotency?: 'secret' | 'own';
  handle(request: RouteRequest<Params, Search, Body>, context: ServerContext): Promise<Answer>;
}

export interface RouteRequest<Params, Search, Body> {
  readonly params: Params;
  readonly search: Search;
  readonly body: Body;
  /** Absent only where the route lets anyone in. */
  readonly principal: Principal | undefined;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Of the client. */
  readonly address: string;
  readonly cookie: SessionCookie;
  /** Of a sign-in by way of another site; absent where no browser asks. */
  readonly flow?: SessionCookie;
}

/** What routes work with. */
export interface ServerContext {
  readonly query: Query;
  now(): Date;
  /** Where people reach this server: `https://plimsoll.example`. */
  origin(): string;
  /** Seals secrets of settings that are kept and must be readable again. */
  readonly secrets: SecretBox;
  /** The way to every address that a user gave. */
  readonly outbound: Outbound;
  /** Gives those who watch what is new; absent where nobody can watch. */
  readonly live?: LiveHub;
  /** Of the process; absent in tests. */
  readonly process?: { readonly role: string; readonly startedAt: Date; readonly directory: string };
  /** Absent where nothing is matched here. */
  readonly advisories?: AdvisorySettings;
}

/** A route with its types checked against each other, to be kept in a list with others. */
export function route<Params, Search, Body, Answer>(declared: Route<Params, Search, Body, Answer>): Route {
  return declared as unknown as Route;
}

/** Of a route that takes nothing. */
export const nothing = { params: z.object({}), search: z.object({}), body: z.unknown() };
