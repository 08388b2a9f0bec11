import type { FastifyReply, FastifyRequest } from 'fastify';

/** Nothing that the API answers is a page, may be framed, used by other sites or kept. The console's files bring a policy of their own. */
const HEADERS: readonly (readonly [name: string, value: string])[] = [
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'],
  ['cache-control', 'no-store'],
];

/** A year: browsers ask for nothing here without TLS any more. */
const TRANSPORT = ['strict-transport-security', 'max-age=31536000'] as const;

/** A hook for every answer. @param hasTls whoever asks came by TLS, here or at the proxy in front */
export function securityHeaders(hasTls: boolean) {
  const headers = hasTls ? [...HEADERS, TRANSPORT] : HEADERS;
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    for (const [name, value] of headers) if (!reply.hasHeader(name)) reply.header(name, value);
    reply.header('x-request-id', request.id);
  };
}
