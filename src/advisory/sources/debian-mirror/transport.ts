import { createHash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { displayUrl, err, type HttpClient, type HttpError, ok, type Result } from '#foundation/index.ts';
import { type RepositoryLogin, withLogin } from './apt/credentials.ts';
import { downloadPath } from './download-path.ts';

/**
 * Why a file of the mirror could not be had. `absent`: the mirror answers and does not give it. `unreachable`: it does not
 * answer or has trouble, which may pass. `wrong`: what it gives is not the file that was meant.
 */
export interface FetchFailure {
  readonly kind: 'absent' | 'unreachable' | 'wrong';
  readonly message: string;
  /** The server answered, if only with a status. */
  readonly answered?: boolean;
}

/** What tells a mirror that we have its file already. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

interface Document extends Validators {
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
/** So many requests without an answer, each tried several times, and a server counts as gone for the rest of the call. */
const FAILURES_ALLOWED = 2;

export interface TransportOptions {
  readonly http: HttpClient;
  /** For unfinished downloads. */
  readonly directory: string;
  readonly signal: AbortSignal;
  /** Added to the addresses that they belong to, at the last moment. */
  readonly logins?: readonly RepositoryLogin[];
  readonly onBytes?: (bytes: number) => void;
}

export function createTransport(options: TransportOptions): Transport {
  const transport = new MirrorTransport(options);
  return {
    traffic: transport.traffic,
    async read(url, maxBytes, validators = {}) {
      options.signal.throwIfAborted();
      return url.startsWith('file:') ? readLocal(url, maxBytes) : transport.request(url, maxBytes, validators);
    },
    async readVerified(url, facts) {
      options.signal.throwIfAborted();
      if (url.startsWith('file:')) return verified(await readLocal(url, facts.size), facts, url);
      if (facts.size > RESUMABLE_BYTES) return transport.download(url, facts);
      return verified(await transport.request(url, facts.size, {}), facts, url);
    },
  };
}

class MirrorTransport {
  readonly traffic = { requests: 0, bytes: 0 };
  readonly #options: TransportOptions;
  readonly #failures = new Map<string, number>();

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  async request(
    url: string,
    maxBytes: number,
    validators: Validators,
  ): Promise<Result<Document | 'unchanged', FetchFailure>> {
    const { http, logins = [], signal } = this.#options;
    const headers = {
      ...(validators.etag !== undefined && { 'if-none-match': validators.etag }),
      ...(validators.lastModified !== undefined && { 'if-modified-since': validators.lastModified }),
    };
    return this.#asking<Document | 'unchanged'>(url, async () => {
      const answer = await http.request(withLogin(url, logins), { headers, maxBytes, signal });
      if (!answer.ok) return err(failureOf(answer.error, url));
      const { status, body, headers: given } = answer.value;
      if (status === 304) return ok('unchanged' as const);
      if (status !== 200) return err(refused(status, url));
      this.#received(body.length);
      const etag = given['etag'];
      const lastModified = given['last-modified'];
      return ok({ body, ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) });
    });
  }

  async download(url: string, facts: FileFacts): Promise<Result<Buffer, FetchFailure>> {
    const { http, logins = [], signal, directory } = this.#options;
    return this.#asking(url, async () => {
      const path = await downloadPath(directory, facts.sha256);
      let received = 0;
      const answer = await http.download(withLogin(url, logins), path, {
        digest: `sha256:${facts.sha256}`,
        maxBytes: facts.size,
        signal,
        onProgress: ({ receivedBytes }) => {
          this.#received(receivedBytes - received);
          received = receivedBytes;
        },
      });
      if (!answer.ok) return err(failureOf(answer.error, url));
      const body = await readFile(path);
      await rm(path, { force: true });
      return ok(body);
    });
  }

  /** Counts, and gives up on a server that does not answer: a site without network must not wait for every file anew. */
  async #asking<T>(url: string, ask: () => Promise<Result<T, FetchFailure>>): Promise<Result<T, FetchFailure>> {
    const server = URL.parse(url)?.host ?? '';
    const failures = this.#failures.get(server) ?? 0;
    if (failures >= FAILURES_ALLOWED) return err({ kind: 'unreachable', message: `${server} did not answer before` });
    this.traffic.requests += 1;
    const answer = await ask();
    this.#options.signal.throwIfAborted();
    const isGone = !answer.ok && answer.error.kind === 'unreachable' && !answer.error.answered;
    this.#failures.set(server, isGone ? failures + 1 : 0);
    return answer;
  }

  #received(bytes: number): void {
    this.traffic.bytes += bytes;
    this.#options.onBytes?.(bytes);
  }
}

function failureOf(error: HttpError, url: string): FetchFailure {
  if (error.code === 'status' && error.status !== undefined) return refused(error.status, url);
  const isWrong = error.code === 'digest-mismatch' || error.code === 'too-large';
  return { kind: isWrong ? 'wrong' : 'unreachable', message: error.message };
}

function verified(
  document: Result<Document | 'unchanged', FetchFailure>,
  facts: FileFacts,
  url: string,
): Result<Buffer, FetchFailure> {
  if (!document.ok) return document;
  const body = document.value === 'unchanged' ? Buffer.alloc(0) : document.value.body;
  if (body.length === facts.size && createHash('sha256').update(body).digest('hex') === facts.sha256) return ok(body);
  return err({
    kind: 'wrong',
    message: `${shown(url)} is not the file that the mirror's lists speak of (size or sha256 differs)`,
  });
}

async function readLocal(url: string, maxBytes: number): Promise<Result<Document, FetchFailure>> {
  try {
    const path = fileURLToPath(url);
    const info = await stat(path);
    if (!info.isFile()) return err({ kind: 'absent', message: `${path} is no file` });
    if (info.size > maxBytes)
      return err({ kind: 'wrong', message: `${path} is larger than the ${maxBytes} bytes expected` });
    return ok({ body: await readFile(path), lastModified: info.mtime.toUTCString() });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const kind = code === 'ENOENT' || code === 'ENOTDIR' ? 'absent' : 'unreachable';
    return err({ kind, message: error instanceof Error ? error.message : String(error) });
  }
}

function refused(status: number, url: string): FetchFailure {
  const mayPass = status >= 500 || status === 408 || status === 429;
  return {
    kind: mayPass ? 'unreachable' : 'absent',
    message: `the mirror answered ${status} for ${shown(url)}`,
    answered: true,
  };
}

/** An address as it may stand in a message: without user name, password and query. */
export function shown(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? '(unreadable address)' : displayUrl(parsed);
}
