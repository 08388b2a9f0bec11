import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { issueCertificate } from './certificate.ts';

/** A server on 127.0.0.1 that a test scripts, with what it was asked. */
export interface LoopbackServer {
  readonly origin: string;
  readonly host: string;
  /** PEM of the certificate to trust, for TLS servers. */
  readonly certificate: string | undefined;
  readonly requests: { readonly method: string; readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** Starts a server that answers with `handler`; `count` is 1 for the first request. */
export async function startServer(
  handler: Handler,
  options: { readonly tls?: boolean; readonly socketPath?: string } = {},
): Promise<LoopbackServer> {
  const requests: LoopbackServer['requests'] = [];
  const sockets = new Set<Socket>();
  const listener: RequestListener = (request, response) => {
    requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers });
    handler(request, response, requests.length);
  };
  const issued = options.tls ? issueCertificate('127.0.0.1') : undefined;
  const server = issued
    ? createSecureServer({ cert: issued.certificate, key: issued.key }, listener)
    : createServer(listener);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const { socketPath } = options;
  await new Promise<void>((resolve) => {
    if (socketPath === undefined) server.listen(0, '127.0.0.1', resolve);
    else server.listen(socketPath, resolve);
  });
  const address = server.address();
  const host = typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : 'socket';
  const close = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    // Stalled answers keep their sockets open for ever.
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    origin: `${options.tls ? 'https' : 'http'}://${host}`,
    host,
    certificate: issued?.certificate,
    requests,
    close,
    [Symbol.asyncDispose]: close,
  };
}
