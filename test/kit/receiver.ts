import type { IncomingHttpHeaders } from 'node:http';
import { type LoopbackServer, startServer } from './loopback-server.ts';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** An HTTP server that keeps what it is sent and answers as it is told; `undefined` for no answer at all. */
export async function startReceiver(
  answer: (received: Received, count: number) => Answer | undefined,
): Promise<LoopbackServer & { readonly received: Received[] }> {
  const received: Received[] = [];
  const server = await startServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(Buffer.from(piece));
    const { method = '', url: path = '', headers } = request;
    const one = { method, path, headers, body: Buffer.concat(pieces).toString() };
    received.push(one);
    const told = answer(one, received.length);
    if (told === undefined) return;
    const { status = 200, body = '' } = told;
    response.writeHead(status, told.headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  return { ...server, received };
}
