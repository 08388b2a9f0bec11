import { hostname } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { z } from 'zod';
import { err, ok, printable, printableLines, type Result } from '#foundation/index.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Finish } from '../program.ts';
import { ask, askFor, documentOf, membersOf, type Refusal, refuse } from '../server/ask.ts';
import { type Connection, open, type ServerFlags } from '../server/connection.ts';
import { type Login, loginFile, readLogin, removeLogin, writeLogin } from '../server/login-file.ts';
import { readStandardInput } from '../server/standard-input.ts';

interface LoginFlags extends Omit<ServerFlags, 'server' | 'tokenFile'> {
  readonly tokenStdin?: boolean;
  readonly name?: string;
  readonly passwordStdin?: boolean;
  readonly code?: string;
  readonly days: string;
}

export function declareLoginCommand(program: Command, finish: Finish): void {
  program
    .command('login')
    .argument('<server>', 'address of the server, e.g. https://plimsoll.example')
    .description('Keeps a server and a token for the commands that ask it, in a file that only you can read.')
    .option('--token-stdin', 'the token is the first line of standard input')
    .option('--name <name>', 'sign in by name and password instead: a token is made for you')
    .option('--password-stdin', 'the password is the first line of standard input; otherwise it is asked for')
    .option('--code <code>', 'the second factor, when your account has one')
    .option('--days <days>', 'how long a token that is made is good', '90')
    .option('--plain-http', 'the way to the server is safe without TLS')
    .option('--ca-file <file>', 'also trust these certificates')
    .action(async (server: string, flags: LoginFlags) => finish(await runLogin(server, flags)));
}

export function declareLogoutCommand(program: Command, finish: Finish): void {
  program
    .command('logout')
    .description('Forgets the server and its token; a token that plimsoll login made is good no more.')
    .action(async () => finish(await runLogout()));
}

async function runLogin(server: string, flags: LoginFlags): Promise<ExitCode> {
  const connection = await open({ server, ...flags }, undefined);
  if (!connection.ok) return refuse({ message: connection.error, exitCode: exitCodes.usage });
  try {
    const made = await tokenFor(connection.value, flags);
    if (!made.ok) return refuse(made.error);
    return await keep({ ...connection.value, token: made.value.token }, flags, made.value.tokenId);
  } finally {
    connection.value.http.close();
  }
}

const me = z.object({ name: z.string() });

async function keep(connection: Connection, flags: LoginFlags, tokenId: string | undefined): Promise<ExitCode> {
  const { server, token = '' } = connection;
  const who = await askFor(connection, { method: 'GET', path: '/api/v1/me' }, me);
  if (!who.ok) return refuse(who.error);
  const file = loginFile(process.env);
  const { plainHttp, caFile } = flags;
  await writeLogin(file, {
    server,
    token,
    ...(tokenId !== undefined && { tokenId }),
    ...(plainHttp && { plainHttp }),
    ...(caFile !== undefined && { caFile }),
  });
  process.stdout.write(printableLines(`You are ${who.value.name} at ${server}; kept in ${file}.\n`));
  return exitCodes.ok;
}

type Made = Result<Pick<Login, 'token' | 'tokenId'>, Refusal>;

const usage = (message: string): Made => err({ message, exitCode: exitCodes.usage });

async function tokenFor(connection: Connection, flags: LoginFlags): Promise<Made> {
  if (flags.name === undefined) {
    const token = flags.tokenStdin ? await firstLine() : process.env['PLIMSOLL_TOKEN']?.trim();
    return token
      ? ok({ token })
      : usage('Give a token by --token-stdin or PLIMSOLL_TOKEN, or sign in with --name and your password.');
  }
  const password = flags.passwordStdin ? await firstLine() : await askSecretly(`Password of ${flags.name}: `);
  if (password === '') return usage('There is no password.');
  return tokenBySignIn(connection, { ...flags, name: flags.name, password });
}

async function firstLine(): Promise<string> {
  return (await readStandardInput()).toString('utf8').split('\n')[0]?.replace(/\r$/, '') ?? '';
}

/** Nothing of what is typed is shown. */
async function askSecretly(question: string): Promise<string> {
  if (!process.stdin.isTTY) return '';
  process.stderr.write(printable(question));
  const muted = new Writable({ write: (_bytes, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: muted, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

const rights = z.object({ grants: z.array(z.object({ permissions: z.array(z.string()) })) });
const newToken = z.object({ token: z.string(), id: z.string() });

/** Opens a session, has a token made with all that the account may do, and ends the session. */
async function tokenBySignIn(
  connection: Connection,
  { name, password, code, days }: LoginFlags & { readonly name: string; readonly password: string },
): Promise<Made> {
  const body = { name, password, ...(code !== undefined && { code }) };
  const entered = await ask(connection, { method: 'POST', path: '/api/v1/session', body });
  if (!entered.ok) return entered;
  const cookie = entered.value.headers['set-cookie']?.split(';')[0] ?? '';
  const csrf = String(membersOf(documentOf(entered.value.body)).get('csrf'));
  const headers = { cookie, 'x-plimsoll-csrf': csrf, origin: new URL(connection.server).origin };
  const who = await askFor(connection, { method: 'GET', path: '/api/v1/me', headers }, rights);
  if (!who.ok) return who;
  const permissions = [...new Set(who.value.grants.flatMap((grant) => grant.permissions))];
  const wish = { name: `plimsoll login on ${hostname()}`.slice(0, 100), permissions, days: Number(days) };
  const made = await askFor(connection, { method: 'POST', path: '/api/v1/tokens', body: wish, headers }, newToken);
  await ask(connection, { method: 'DELETE', path: '/api/v1/session', headers });
  return made.ok ? ok({ token: made.value.token, tokenId: made.value.id }) : made;
}

async function runLogout(): Promise<ExitCode> {
  const file = loginFile(process.env);
  const login = await readLogin(file);
  if (!login.ok) return refuse({ message: login.error, exitCode: exitCodes.notAssessed });
  if (login.value === undefined) {
    process.stdout.write('There is no login.\n');
    return exitCodes.ok;
  }
  const revoked = await revoke(login.value);
  await removeLogin(file);
  process.stdout.write(printableLines(`Forgotten: ${login.value.server}.\n`));
  return revoked.ok ? exitCodes.ok : refuse(revoked.error);
}

/** A token that somebody else gave may be in use elsewhere, and is left alone. */
async function revoke({ server, token, tokenId, plainHttp = false, caFile }: Login): Promise<Result<void, Refusal>> {
  if (tokenId === undefined) return ok(undefined);
  const connection = await open({ server, plainHttp, ...(caFile !== undefined && { caFile }) }, token);
  if (!connection.ok) return err({ message: connection.error, exitCode: exitCodes.notAssessed });
  const path = `/api/v1/tokens/${encodeURIComponent(tokenId)}`;
  const done = await ask(connection.value, { method: 'DELETE', path });
  connection.value.http.close();
  if (done.ok || done.error.status === 401 || done.error.status === 404) return ok(undefined);
  return err({ ...done.error, message: `The token is still good at the server: ${done.error.message}` });
}
