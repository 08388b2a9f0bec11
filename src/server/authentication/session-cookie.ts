import type { FastifyReply, FastifyRequest } from 'fastify';

/** The cookie by which a browser shows its session. */
export interface SessionCookie {
  /** What the browser sent; nothing when it sent none. */
  readonly value: string | undefined;
  set(value: string, expires: Date): void;
  clear(): void;
}

/** What a browser on this machine may be given without TLS. */
const PLAIN = 'plimsoll';
/** Browsers take a cookie of this prefix only over TLS, from this very host: no neighbour of the domain can plant one. */
const SECURE = '__Host-plimsoll';

export function sessionCookie(request: FastifyRequest, reply: FastifyReply, secure: boolean): SessionCookie {
  return cookie(request, reply, secure ? SECURE : PLAIN, secure);
}

/** Of a sign-in that is under way: the browser that began it ends it. */
export function flowCookie(request: FastifyRequest, reply: FastifyReply, secure: boolean): SessionCookie {
  return cookie(request, reply, `${secure ? SECURE : PLAIN}-flow`, secure);
}

/** Lax: a link from elsewhere opens the console signed in, and nothing else is sent with it. */
function cookie(request: FastifyRequest, reply: FastifyReply, name: string, secure: boolean): SessionCookie {
  const attributes = { path: '/', httpOnly: true, secure, sameSite: 'lax' } as const;
  return {
    value: request.cookies[name],
    set: (value, expires) => void reply.setCookie(name, value, { ...attributes, expires }),
    clear: () => void reply.clearCookie(name, attributes),
  };
}

export function sessionCookieValue(request: FastifyRequest, secure: boolean): string | undefined {
  return request.cookies[secure ? SECURE : PLAIN];
}
