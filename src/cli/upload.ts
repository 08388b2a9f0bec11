import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import {
  createHttpClient,
  err,
  type HttpClient,
  type HttpError,
  type HttpResponse,
  isLoopback,
  ok,
  type Result,
  userAgent,
} from '#foundation/index.ts';

export interface Upload {
  /** `https://plimsoll.example` */
  readonly server: string;
  readonly content: Uint8Array;
  /** Undefined: the server tells by the document. */
  readonly format?: string;
  /** `project:shop/checkout` */
  readonly asset?: string;
  /** The way to the server is safe without TLS, by the user's word. */
  readonly plainHttp?: boolean;
  readonly caFile?: string;
  readonly signal: AbortSignal;
  /** Told of each attempt that will be repeated. */
  onRetry(message: string): void;
}

const TOTAL_MS = 10 * 60_000;
const ATTEMPTS = 6;
const FIRST_DELAY_MS = 1000;
const LAST_DELAY_MS = 30_000;
const PASSING: ReadonlySet<number> = new Set([408, 409, 425, 429, 500, 502, 503, 504]);

/**
 * Sends a report with the token of `PLIMSOLL_TOKEN`. It is repeated until the server has answered or time is over: the server knows a
 * report that it has. An error is a sentence for the user; what the server did is a sentence, too.
 */
export async function upload(request: Upload, environment: NodeJS.ProcessEnv): Promise<Result<string>> {
  const token = environment['PLIMSOLL_TOKEN']?.trim();
  if (!token) return err('There is no token: set PLIMSOLL_TOKEN to one that may upload reports (role ci).');
  const address = addressOf(request);
  if (!address.ok) return address;
  const authorities = await readAuthorities(request.caFile);
  if (!authorities.ok) return authorities;
  const client = createHttpClient({ userAgent, ca: authorities.value });
  try {
    const body = await promisify(gzip)(request.content);
    return await repeat(client, address.value, { body, token, request });
  } finally {
    client.close();
  }
}

async function readAuthorities(file: string | undefined): Promise<Result<string[]>> {
  if (file === undefined) return ok([]);
  try {
    return ok([await readFile(file, 'utf8')]);
  } catch (error) {
    return err(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function addressOf({ server, format, asset, plainHttp }: Upload): Result<URL> {
  const address = URL.parse(server);
  if (address === null || !/^https?:$/.test(address.protocol))
    return err(
      `${JSON.stringify(server.slice(0, 200))} is no address of a server; write it as https://plimsoll.example.`,
    );
  // Whoever listens on the way would have the token.
  if (address.protocol === 'http:' && !isLoopback(address.hostname) && !plainHttp)
    return err('The token would go to the server without TLS. Use https, or --plain-http where the way there is safe.');
  const target = new URL(`${address.pathname.replace(/\/+$/, '')}/api/v1/reports`, address);
  if (format !== undefined) target.searchParams.set('format', format);
  if (asset !== undefined) target.searchParams.set('asset', asset);
  return ok(target);
}

interface Sending {
  readonly body: Uint8Array;
  readonly token: string;
  readonly request: Upload;
}

async function repeat(client: HttpClient, address: URL, sending: Sending): Promise<Result<string>> {
  const { signal, onRetry } = sending.request;
  for (let attempt = 1; ; attempt++) {
    const outcome = await send(client, address, sending);
    const reason = passing(outcome);
    if (reason === undefined || attempt === ATTEMPTS || signal.aborted) return answerOf(outcome);
    const waitMs = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1)) * (1 - Math.random() / 2);
    onRetry(`${reason}; trying again in ${Math.ceil(waitMs / 1000)} s`);
    await delay(Math.max(waitMs, askedMs(outcome)), undefined, { signal }).catch(() => undefined);
  }
}

function send(client: HttpClient, address: URL, { body, token, request: { signal } }: Sending) {
  return client.request(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body,
    signal,
    totalMs: TOTAL_MS,
  });
}

type Outcome = Result<HttpResponse, HttpError>;

/** Why it may be different the next time; undefined when it will not. */
function passing(outcome: Outcome): string | undefined {
  if (outcome.ok) return PASSING.has(outcome.value.status) ? `the server answered ${outcome.value.status}` : undefined;
  const { code, message } = outcome.error;
  return code === 'reset' || code === 'timeout' || code === 'unreachable' ? message : undefined;
}

function askedMs(outcome: Outcome): number {
  const seconds = outcome.ok ? Number(outcome.value.headers['retry-after']) : Number.NaN;
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 120) * 1000 : 0;
}

function answerOf(outcome: Outcome): Result<string> {
  if (!outcome.ok) return err(`The report was not uploaded: ${outcome.error.message}.`);
  const { status, body } = outcome.value;
  const answer = membersOf(body.toString('utf8'));
  if (status === 201)
    return ok(
      answer.get('repeated') === true
        ? `The server had this report already (${String(answer.get('report'))}).`
        : `Uploaded ${String(answer.get('packages'))} packages and ${String(answer.get('findings'))} findings as report ${String(answer.get('report'))}.`,
    );
  const detail = answer.get('detail');
  return err(
    `The server did not take the report (${status}): ${typeof detail === 'string' ? detail : 'it does not say why.'}`,
  );
}

function membersOf(text: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}
