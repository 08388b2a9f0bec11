import type { IncomingMessage, ServerResponse } from 'node:http';
import { type LoopbackServer, startServer } from './loopback-server.ts';
import { mediaTypes, SampleBlobs } from './sample-layout.ts';

/** Takes over single answers: returns true when it has answered. */
export type Misbehaviour = (
  request: IncomingMessage,
  response: ServerResponse,
  server: () => LoopbackServer,
) => boolean;

/** A registry of one image, `team/app:1`, that answers as told to. */
export interface FakeRegistry extends LoopbackServer {
  readonly blobs: SampleBlobs;
}

export async function startFakeRegistry(
  misbehave: Misbehaviour = () => false,
  options: {
    readonly tls?: boolean;
    readonly build?: (blobs: SampleBlobs) => { readonly digest: string; readonly mediaType: string };
  } = {},
): Promise<FakeRegistry> {
  const blobs = new SampleBlobs();
  const root = options.build?.(blobs) ?? blobs.image('amd64');
  let server: LoopbackServer | undefined;
  const self = () => {
    if (!server) throw new Error('not started');
    return server;
  };
  server = await startServer((request, response) => {
    if (misbehave(request, response, self)) return;
    if (request.url === '/v2/') response.end('{}');
    else serveContent(request, response, blobs, root);
  }, options);
  return Object.assign(server, { blobs });
}

function serveContent(
  request: IncomingMessage,
  response: ServerResponse,
  { blobs }: SampleBlobs,
  root: { readonly digest: string; readonly mediaType: string },
): void {
  const found = /^\/v2\/team\/app\/(manifests|blobs)\/(.+)$/.exec(request.url ?? '');
  const digest = found?.[2] === '1' ? root.digest : (found?.[2] ?? '');
  const bytes = blobs.get(digest);
  if (!bytes) {
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}');
    return;
  }
  const mediaType = digest === root.digest ? root.mediaType : mediaTypes.manifest;
  response.setHeader('content-type', found?.[1] === 'manifests' ? mediaType : 'application/octet-stream');
  response.end(bytes);
}
