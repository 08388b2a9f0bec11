import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { createHttpClient, err, type HttpClient, isLoopback, ok, type Result, userAgent } from '#foundation/index.ts';
import { type Login, loginFile, readLogin } from './login-file.ts';

/** Which server, and by which token, as the command line has it. */
export interface ServerFlags {
  readonly server?: string;
  readonly tokenFile?: string;
  readonly plainHttp?: boolean;
  readonly caFile?: string;
}

export function addServerOptions(command: Command): Command {
  return command
    .option('--server <url>', 'address of the server (default: PLIMSOLL_SERVER, else that of plimsoll login)')
    .option('--token-file <file>', 'a file with the token (default: PLIMSOLL_TOKEN, else that of plimsoll login)')
    .option('--plain-http', 'the way to the server is safe without TLS')
    .option('--ca-file <file>', 'also trust these certificates');
}

/** A server that can be asked. */
export interface Connection {
  /** Ends without a slash. */
  readonly server: string;
  readonly token: string | undefined;
  readonly http: HttpClient;
}

/** Who is asked, by whom: options before the environment before the login file. An error is a sentence for the user. */
export async function connect(flags: ServerFlags, environment: NodeJS.ProcessEnv): Promise<Result<Connection>> {
  const login = await readLogin(loginFile(environment));
  if (!login.ok) return login;
  const server = flags.server ?? (environment['PLIMSOLL_SERVER'] || login.value?.server);
  if (server === undefined) return err('It is not said which server: use --server, PLIMSOLL_SERVER or plimsoll login.');
  const own = ownLogin(login.value, server);
  const token = await tokenOf(flags, environment, own);
  if (!token.ok) return token;
  const { plainHttp = own?.plainHttp ?? false, caFile = own?.caFile } = flags;
  return open({ server, plainHttp, ...(caFile !== undefined && { caFile }) }, token.value);
}

/** Of this server: what was kept for one server is never shown to another. */
function ownLogin(login: Login | undefined, server: string): Login | undefined {
  return login !== undefined && withoutSlash(login.server) === withoutSlash(server) ? login : undefined;
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}

async function tokenOf(
  { tokenFile }: ServerFlags,
  environment: NodeJS.ProcessEnv,
  login: Login | undefined,
): Promise<Result<string>> {
  if (tokenFile !== undefined) {
    const read = await readText(tokenFile);
    return read.ok ? ok(read.value.trim()) : read;
  }
  const token = environment['PLIMSOLL_TOKEN']?.trim() || login?.token;
  return token
    ? ok(token)
    : err('There is no token for this server: use plimsoll login, PLIMSOLL_TOKEN or --token-file.');
}

/** Opens the way to a server, by TLS where it leads through a network. */
export async function open(
  { server, plainHttp, caFile }: ServerFlags & { readonly server: string },
  token: string | undefined,
): Promise<Result<Connection>> {
  const address = URL.parse(server);
  if (address === null || !/^https?:$/.test(address.protocol))
    return err(
      `${JSON.stringify(server.slice(0, 200))} is no address of a server; write it as https://plimsoll.example.`,
    );
  // Whoever listens on the way would have the token.
  if (address.protocol === 'http:' && !isLoopback(address.hostname) && !plainHttp)
    return err('The token would go to the server without TLS. Use https, or --plain-http where the way there is safe.');
  const authorities = caFile === undefined ? ok('') : await readText(caFile);
  if (!authorities.ok) return authorities;
  const http = createHttpClient({ userAgent, ca: authorities.value === '' ? [] : [authorities.value] });
  return ok({ server: withoutSlash(address.origin + address.pathname), token, http });
}

const MAX_FILE = 1024 * 1024;

async function readText(file: string): Promise<Result<string>> {
  try {
    const content = await readFile(file);
    return content.length > MAX_FILE ? err(`${file} is too large.`) : ok(content.toString('utf8'));
  } catch (error) {
    return err(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
