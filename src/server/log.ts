import type { FastifyRequest, FastifyServerOptions } from 'fastify';

/** What is written to standard output, as JSON lines: every request, or only what failed. */
export type LogLevel = 'requests' | 'failures' | 'nothing';

/** Never a header, a body or what follows `?`: passwords, tokens, cookies, links and codes of sign-in are in those. */
export function logOptions(level: LogLevel): NonNullable<FastifyServerOptions['logger']> {
  if (level === 'nothing') return false;
  return {
    level: level === 'requests' ? 'info' : 'error',
    serializers: {
      req: ({ id, method, url, ip }: FastifyRequest) => ({ id, method, path: url.split('?', 1)[0], address: ip }),
      err: describeError,
    },
  };
}

/** Errors of the database carry the rows that they are about, and those of other programs whatever they like: only what is named here is told. */
function describeError(error: unknown): { type: string; message: string; stack: string; code?: string } {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'something was thrown that is no error', stack: '' };
  const { name, message, stack = '' } = error;
  return { type: name, message, stack, ...('code' in error && { code: String(error.code) }) };
}
