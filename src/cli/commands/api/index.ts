import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { err, type HttpResponse, ok, type Result } from '#foundation/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { ask, documentOf, membersOf, type Question, type Refusal, refuse } from '../../server/ask.ts';
import { addServerOptions, type Connection, type ServerFlags } from '../../server/connection.ts';
import { readStandardInput } from '../../server/standard-input.ts';
import { tableLines } from '../../server/table.ts';
import { withServer } from '../../server/with-server.ts';
import { writeAll } from '../../terminal.ts';
import { operationsOf } from './operations.ts';
import { findOperation, parseFields, plainQuestion, questionOf } from './question.ts';
import { renderAnswer } from './render.ts';

interface ApiFlags extends ServerFlags {
  readonly list?: boolean;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly body?: string;
  readonly idempotencyKey?: string;
}

export function declareApiCommand(program: Command, finish: Finish): void {
  const command = program
    .command('api')
    .argument('[operation]', 'id of an operation (listFindings), or a method: GET, POST, PUT, PATCH, DELETE')
    .argument('[fields...]', 'name=text or name:=JSON; after a method the path comes first')
    .description('Asks a server by its interface: every operation of docs/reference/api.md.')
    .option('--list', 'names the operations of the server; with a word, those that have it')
    .option('--all', 'reads a list to its end, page after page')
    .option('--json', 'the answer as the server gives it; with --all one document of all items')
    .option('--body <file>', 'the body is this file; - is standard input')
    .option('--idempotency-key <key>', 'a POST with the same key is done once');
  addServerOptions(command).addHelpText('after', HELP);
  command.action(async (operation: string | undefined, fields: string[], flags: ApiFlags) =>
    finish(await runApi(operation, fields, flags)),
  );
}

const HELP = `
Examples:
  plimsoll api --list exception
  plimsoll api listFindings filter='severity>=high is:open' --all --json
  plimsoll api changeFinding id=0192… state=in-progress
  plimsoll api requestException scope:='{"rule":"CVE-2024-3094"}' …
  plimsoll api GET /api/v1/me

Exit codes: 0 done, 2 the server refuses what was asked as it is written, 3 no answer, no right or a fault of the server.`;

async function runApi(operation: string | undefined, words: readonly string[], flags: ApiFlags): Promise<ExitCode> {
  if (flags.list) return withServer(flags, (connection) => list(connection, operation, flags));
  if (operation === undefined)
    return refuse({ message: 'Name an operation, or use --list.', exitCode: exitCodes.usage });
  const body = flags.body === undefined ? ok(undefined) : await readBody(flags.body);
  if (!body.ok) return refuse({ message: body.error, exitCode: exitCodes.usage });
  return withServer(flags, async (connection) => {
    const question = await questionFor(connection, operation, words, body.value);
    if (!question.ok) return refuse(question.error);
    const { idempotencyKey } = flags;
    const headers = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
    return flags.all
      ? readToEnd(connection, question.value, flags)
      : answerOnce(connection, { ...question.value, headers }, flags);
  });
}

async function readBody(file: string): Promise<Result<Uint8Array>> {
  try {
    return ok(file === '-' ? await readStandardInput() : await readFile(file));
  } catch (error) {
    return err(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

const METHODS: ReadonlyMap<string, Question['method']> = new Map(
  (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).map((method) => [method, method]),
);

async function questionFor(
  connection: Connection,
  operation: string,
  words: readonly string[],
  body: Uint8Array | undefined,
): Promise<Result<Question, Refusal>> {
  const method = METHODS.get(operation.toUpperCase());
  if (method === undefined) return operationQuestion(connection, operation, words, body);
  const [path = '', ...rest] = words;
  if (!path.startsWith('/')) return wrong(`After ${method} comes a path: ${method} /api/v1/me`);
  const fields = parseFields(rest);
  return fields.ok ? ok(plainQuestion(method, path, fields.value, body)) : wrong(fields.error);
}

async function operationQuestion(
  connection: Connection,
  id: string,
  words: readonly string[],
  body: Uint8Array | undefined,
): Promise<Result<Question, Refusal>> {
  const fields = parseFields(words);
  if (!fields.ok) return wrong(fields.error);
  const operations = await operationsOf(connection);
  if (!operations.ok) return operations;
  const operation = findOperation(id, operations.value);
  if (!operation.ok) return wrong(operation.error);
  const question = questionOf(operation.value, fields.value, body);
  return question.ok ? question : wrong(question.error);
}

function wrong(message: string): Result<never, Refusal> {
  return err({ message, exitCode: exitCodes.usage });
}

async function list(connection: Connection, word = '', { json }: ApiFlags): Promise<ExitCode> {
  const operations = await operationsOf(connection);
  if (!operations.ok) return refuse(operations.error);
  const found = operations.value.filter((one) =>
    `${one.id} ${one.path} ${one.summary}`.toLowerCase().includes(word.toLowerCase()),
  );
  const rows = found.map(({ id, method, path, permission, summary }) => [id, `${method} ${path}`, permission, summary]);
  const text = json
    ? JSON.stringify(found, null, 2)
    : tableLines(['operation', 'address', 'permission', 'what it does'], rows).join('\n');
  await writeAll(process.stdout, [`${text}\n`]);
  return exitCodes.ok;
}

async function answerOnce(connection: Connection, question: Question, flags: ApiFlags): Promise<ExitCode> {
  const answer = await ask(connection, question);
  if (!answer.ok) return refuse(answer.error);
  await show(answer.value, flags);
  return exitCodes.ok;
}

async function show({ headers, body }: HttpResponse, { json }: ApiFlags): Promise<void> {
  if (body.length === 0) return;
  const isJson = headers['content-type']?.startsWith('application/json') === true;
  const document = isJson ? documentOf(body) : undefined;
  // Files are passed on as they came, whatever is in them.
  if (document === undefined) process.stdout.write(body);
  else await writeAll(process.stdout, [json ? `${JSON.stringify(document, null, 2)}\n` : renderAnswer(document)]);
}

/** Items are written when all are there: half a list looks like a whole one. */
async function readToEnd(connection: Connection, question: Question, { json }: ApiFlags): Promise<ExitCode> {
  const items: unknown[] = [];
  let cursor: unknown;
  do {
    const search = { limit: '500', ...question.search, ...(typeof cursor === 'string' && { cursor }) };
    const answer = await ask(connection, { ...question, search });
    if (!answer.ok) return refuse(answer.error);
    const page = membersOf(documentOf(answer.value.body));
    const found = page.get('items');
    if (!Array.isArray(found))
      return refuse({ message: 'This is no list: leave --all away.', exitCode: exitCodes.usage });
    items.push(...found);
    cursor = page.get('next');
  } while (cursor !== undefined);
  await writeAll(process.stdout, [json ? `${JSON.stringify({ items }, null, 2)}\n` : renderAnswer({ items })]);
  return exitCodes.ok;
}
