import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { displayUrl, err, type HttpClient, ok, type Result } from '#foundation/index.ts';
import { type RepositoryLogin, withLogin } from './apt/credentials.ts';

/** Why a file of the mirror could not be had. `absent`: the mirror answers and does not have it; asking elsewhere makes sense. */
export interface FetchFailure {
  readonly kind: 'absent' | 'unreachable' | 'wrong';
  readonly message: string;
}

/** What tells a mirror that we have its file already. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

export interface Document extends Validators {
  readonly body: Buffer;
}

/** What an index or release file says about a file. */
export interface FileFacts {
  readonly sha256: string;
  readonly size: number;
}

/** Reads files of `http:`, `https:` and `file:` mirrors, whole, bounded, and counts what that cost. */
export interface Transport {
  /** A file without a known digest; `unchanged` when the mirror says that the validators still hold. */
  read(url: string, maxBytes: number, validators?: Validators): Promise<Result<Document | 'unchanged', FetchFailure>>;
  /** A file that must have this size and digest. Large ones are resumable. */
  readVerified(url: string, facts: FileFacts): Promise<Result<Buffer, FetchFailure>>;
  readonly traffic: { requests: number; bytes: number };
}

/** Above this a download goes through a file, so that a broken connection does not lose it. */
const RESUMABLE_BYTES = 4 << 20;

export function createTransport(options: {
  readonly http: HttpClient;
  /** For unfinished downloads. */
  readonly directory: string;
  readonly signal: AbortSignal;
  /** Added to the addresses that they belong to, at the last moment. */
  readonly logins?: readonly RepositoryLogin[];
  readonly onBytes?: (bytes: number) => void;
}): Transport {
  const { http, directory, signal, logins = [] } = options;
  const traffic = { requests: 0, bytes: 0 };
  const count = (bytes: number): void => {
    traffic.bytes += bytes;
    options.onBytes?.(bytes);
  };

  async function readHttp(url: string, maxBytes: number, validators: Validators) {
    traffic.requests += 1;
    const headers = {
      ...(validators.etag !== undefined && { 'if-none-match': validators.etag }),
      ...(validators.lastModified !== undefined && { 'if-modified-since': validators.lastModified }),
    };
    const answer = await http.request(withLogin(url, logins), { headers, maxBytes, signal });
    if (!answer.ok) return err(unreachable(answer.error.message));
    const { status, body, headers: given } = answer.value;
    if (status === 304) return ok('unchanged' as const);
    if (status !== 200) return err(refused(status, url));
    count(body.length);
    const etag = given['etag'];
    const lastModified = given['last-modified'];
    return ok({ body, ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) });
  }

  async function downloadHttp(url: string, facts: FileFacts): Promise<Result<Buffer, FetchFailure>> {
    traffic.requests += 1;
    await mkdir(directory, { recursive: true });
    const path = join(directory, facts.sha256);
    let received = 0;
    const answer = await http.download(withLogin(url, logins), path, {
      digest: `sha256:${facts.sha256}`,
      maxBytes: facts.size,
      signal,
      onProgress: ({ receivedBytes }) => {
        count(receivedBytes - received);
        received = receivedBytes;
      },
    });
    if (!answer.ok) {
      const { code, status, message } = answer.error;
      if (code === 'status' && status !== undefined) return err(refused(status, url));
      return err(code === 'digest-mismatch' || code === 'too-large' ? wrong(message) : unreachable(message));
    }
    const body = await readFile(path);
    await rm(path, { force: true });
    return verify(body, facts, url);
  }

  return {
    traffic,
    read(url, maxBytes, validators = {}) {
      signal.throwIfAborted();
      return url.startsWith('file:') ? readLocal(url, maxBytes) : readHttp(url, maxBytes, validators);
    },
    async readVerified(url, facts) {
      signal.throwIfAborted();
      const large = facts.size > RESUMABLE_BYTES && !url.startsWith('file:');
      if (large) return downloadHttp(url, facts);
      const document = await (url.startsWith('file:') ? readLocal(url, facts.size) : readHttp(url, facts.size, {}));
      if (!document.ok) return document;
      return document.value === 'unchanged'
        ? err(wrong(`unexpected answer for ${shown(url)}`))
        : verify(document.value.body, facts, url);
    },
  };
}

function verify(body: Buffer, facts: FileFacts, url: string): Result<Buffer, FetchFailure> {
  if (body.length !== facts.size || createHash('sha256').update(body).digest('hex') !== facts.sha256) {
    return err(wrong(`${shown(url)} is not the file that the mirror's signed lists speak of (size or sha256 differs)`));
  }
  return ok(body);
}

async function readLocal(url: string, maxBytes: number): Promise<Result<Document, FetchFailure>> {
  try {
    const path = fileURLToPath(url);
    const info = await stat(path);
    if (!info.isFile()) return err({ kind: 'absent', message: `${path} is no file` });
    if (info.size > maxBytes) return err(wrong(`${path} is larger than the ${maxBytes} bytes expected`));
    return ok({ body: await readFile(path), lastModified: info.mtime.toUTCString() });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const kind = code === 'ENOENT' || code === 'ENOTDIR' ? 'absent' : 'unreachable';
    return err({ kind, message: error instanceof Error ? error.message : String(error) });
  }
}

function refused(status: number, url: string): FetchFailure {
  const kind = status === 404 || status === 410 ? 'absent' : 'unreachable';
  return { kind, message: `the mirror answered ${status} for ${shown(url)}` };
}

function unreachable(message: string): FetchFailure {
  return { kind: 'unreachable', message };
}

function wrong(message: string): FetchFailure {
  return { kind: 'wrong', message };
}

/** An address as it may stand in a message: without user name, password and query. */
export function shown(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? '(unreadable address)' : displayUrl(parsed);
}
