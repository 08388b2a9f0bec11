import type { z } from 'zod';
import { err, type HttpResponse, ok, printableLines, type Result } from '#foundation/index.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Connection } from './connection.ts';

export interface Question {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/api/v1/findings` */
  readonly path: string;
  readonly search?: Readonly<Record<string, string>>;
  /** Sent as JSON; bytes are sent as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why there is no answer: a sentence, and what the process ends with. */
export interface Refusal {
  readonly message: string;
  readonly exitCode: ExitCode;
  readonly status?: number;
}

const MAX_ANSWER = 256 * 1024 * 1024;
const TOTAL_MS = 5 * 60_000;

/** Asks the server once; reading is repeated while the server is away. */
export async function ask(connection: Connection, question: Question): Promise<Result<HttpResponse, Refusal>> {
  const { method, body } = question;
  const answer = await connection.http.request(addressOf(connection, question), {
    method,
    headers: headersOf(connection, question),
    ...(body !== undefined && { body: body instanceof Uint8Array ? body : JSON.stringify(body) }),
    totalMs: TOTAL_MS,
    maxBytes: MAX_ANSWER,
  });
  if (!answer.ok)
    return err({
      message: `${connection.server} does not answer: ${answer.error.message}.`,
      exitCode: exitCodes.notAssessed,
    });
  return answer.value.status < 300 ? ok(answer.value) : err(refusalOf(answer.value));
}

function addressOf({ server }: Connection, { path, search = {} }: Question): string {
  const text = new URLSearchParams(Object.entries(search)).toString();
  return `${server}${path}${text === '' ? '' : `${path.includes('?') ? '&' : '?'}${text}`}`;
}

function headersOf({ token }: Connection, { body, headers }: Question): Record<string, string> {
  return {
    accept: 'application/json',
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...headers,
  };
}

/** Asks for JSON of a shape; members that are not in the shape are left out. */
export async function askFor<T>(
  connection: Connection,
  question: Question,
  shape: z.ZodType<T>,
): Promise<Result<T, Refusal>> {
  const answer = await ask(connection, question);
  if (!answer.ok) return answer;
  const read = shape.safeParse(documentOf(answer.value.body));
  if (read.success) return ok(read.data);
  const at = read.error.issues[0]?.path.join('.') ?? '';
  return err({
    message: `${connection.server} answers ${question.path} in another way than this program knows (${at}): they are of different versions.`,
    exitCode: exitCodes.notAssessed,
  });
}

export function documentOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** What a person mends in the command line ends as wrong usage does. */
const USAGE: ReadonlySet<number> = new Set([400, 404, 409, 422]);

function refusalOf({ status, body }: HttpResponse): Refusal {
  const problem = membersOf(documentOf(body));
  const detail = problem.get('detail');
  const fields = problem.get('fields');
  const lines = Array.isArray(fields) ? fields.map(membersOf).flatMap(fieldLine) : [];
  return {
    message: [typeof detail === 'string' ? detail : `The server answered ${status}.`, ...lines].join('\n'),
    exitCode: USAGE.has(status) ? exitCodes.usage : exitCodes.notAssessed,
    status,
  };
}

function fieldLine(field: ReadonlyMap<string, unknown>): string[] {
  return field.has('field') ? [`  ${String(field.get('field'))}: ${String(field.get('message'))}`] : [];
}

export function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

/** Says why, and gives the exit code. */
export function refuse({ message, exitCode }: Refusal): ExitCode {
  process.stderr.write(`plimsoll: ${printableLines(message)}\n`);
  return exitCode;
}
