import { once } from 'node:events';
import { createReadStream, statSync, watch } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { err, isLoopback, ok, type Result } from '#foundation/index.ts';

/** From where records of another tool come. */
export type IngestSource =
  | { readonly kind: 'stdin' }
  /** Read to its end, and with `follow` what is appended, also after it was rotated. */
  | { readonly kind: 'file'; readonly path: string; readonly follow: boolean }
  /** Listens for POSTs, as Falco's `http_output` and webhook backends of the Kubernetes audit send them. */
  | { readonly kind: 'webhook'; readonly host: string; readonly port: number };

const MAX_RECORD_CHARACTERS = 1024 * 1024;
const MAX_BODY_BYTES = 16 * 1024 * 1024;
const FOLLOW_MS = 200;
const READ_BYTES = 256 * 1024;

/** `stdin` or `-`, `http://127.0.0.1:PORT`, or a path. */
export function parseIngestSource(text: string, follow: boolean): Result<IngestSource> {
  if (text === '-' || text === 'stdin') return ok({ kind: 'stdin' });
  if (!text.startsWith('http://')) return ok({ kind: 'file', path: text, follow });
  if (!URL.canParse(text)) return err(`${text} is no address to listen at; http://127.0.0.1:8765 is one`);
  const { hostname, port } = new URL(text);
  const host = hostname.replace(/^\[|\]$/g, '');
  // Nothing here says who sends: whoever can reach the port could invent events.
  if (!isLoopback(host))
    return err(`${text}: a webhook listens on a loopback address only; put a proxy that knows its clients before it`);
  return ok({ kind: 'webhook', host, port: Number(port || 80) });
}

/** Why the source cannot be read; `undefined` when it can. */
export function probeSource(source: IngestSource): string | undefined {
  if (source.kind !== 'file') return undefined;
  try {
    return statSync(source.path).isDirectory() ? `${source.path} is a directory` : undefined;
  } catch {
    return `${source.path} is not there or cannot be read`;
  }
}

/** Hands over one record after the other until the source ends or `signal` aborts. */
export async function readRecords(
  source: IngestSource,
  record: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (source.kind === 'webhook') return serveRecords(source, record, signal);
  if (source.kind === 'file' && source.follow) return followFile(source.path, record, signal);
  const stream = source.kind === 'stdin' ? process.stdin : createReadStream(source.path, { signal });
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  signal.addEventListener('abort', () => lines.close(), { once: true });
  for await (const line of lines) if (line !== '') record(line);
}

/** Reads what is appended. A file that became shorter, or is another one under the same name, is read from its beginning. */
async function followFile(path: string, record: (text: string) => void, signal: AbortSignal): Promise<void> {
  const wake = new EventTarget();
  const watcher = watch(path, () => wake.dispatchEvent(new Event('change')));
  watcher.on('error', () => undefined);
  let rest = '';
  let at = 0;
  let inode: number | undefined;
  try {
    while (!signal.aborted) {
      const handle = await open(path, 'r').catch(() => undefined);
      if (handle) {
        const stat = await handle.stat();
        if (stat.ino !== inode || stat.size < at) at = 0;
        inode = stat.ino;
        const buffer = Buffer.alloc(READ_BYTES);
        for (;;) {
          const { bytesRead } = await handle.read(buffer, 0, READ_BYTES, at);
          if (bytesRead === 0) break;
          at += bytesRead;
          const lines = (rest + buffer.toString('latin1', 0, bytesRead)).split('\n');
          rest = (lines.pop() ?? '').slice(0, MAX_RECORD_CHARACTERS);
          for (const line of lines) if (line !== '') record(Buffer.from(line, 'latin1').toString('utf8'));
        }
        await handle.close();
      }
      await setTimeout(FOLLOW_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    watcher.close();
  }
}

async function serveRecords(
  { host, port }: { readonly host: string; readonly port: number },
  record: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const server: Server = createServer((request, response) => {
    readBody(request).then(
      (body) => {
        record(body);
        response.writeHead(204).end();
      },
      () => response.writeHead(413).end(),
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  if (!signal.aborted) await once(signal, 'abort');
  server.close();
  server.closeAllConnections();
}

async function readBody(request: IncomingMessage): Promise<string> {
  if (request.method !== 'POST') throw new Error('not a POST');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw new Error('too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
