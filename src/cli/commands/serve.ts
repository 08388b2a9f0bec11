import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { printableLines } from '#foundation/index.ts';
import { parseAddressRange, type ServerRole, serve, serverRoles } from '#server/index.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import type { Finish } from '../program.ts';
import { defaultDataDirectory } from '../server-data.ts';

interface ServeFlags {
  readonly data?: string;
  readonly database?: string;
  readonly listen: Listen;
  readonly insecureHttp?: boolean;
  readonly role: ServerRole;
  readonly allowAddress: readonly string[];
  readonly quiet?: boolean;
}

interface Listen {
  readonly host: string;
  readonly port: number;
}

export function declareServeCommand(program: Command, finish: Finish): void {
  program
    .command('serve')
    .description('Starts the server: API and jobs, with a PostgreSQL of its own unless --database names another.')
    .option(
      '--data <dir>',
      'directory for all its data (default: /var/lib/plimsoll for root, else ~/.local/share/plimsoll)',
    )
    .option('--database <url>', 'postgres://user:password@host/name, PostgreSQL 15 or newer')
    .option('--listen <host:port>', 'where it answers', parseListen, { host: '127.0.0.1', port: 7480 })
    .option('--insecure-http', 'answer other machines without TLS; for a proxy in front that has it')
    .addOption(
      new Option('--role <role>', 'what this process does; several work together on one --database')
        .choices(serverRoles)
        .default('all'),
    )
    .option(
      '--allow-address <range>',
      'address or range beside the internet that channels, trackers and registries may be at, e.g. 10.2.0.0/16 (repeatable)',
      collectRange,
      [],
    )
    .option('-q, --quiet', 'no log of requests')
    .action(async (flags: ServeFlags) => finish(await runServe(flags)));
}

function parseListen(text: string): Listen {
  const match = /^(.+):(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (!match?.[1] || port > 65_535)
    throw new InvalidArgumentError('Give it as host:port, e.g. 127.0.0.1:7480 or [::]:7480.');
  return { host: match[1].replace(/^\[(.*)\]$/, '$1'), port };
}

function collectRange(text: string, before: readonly string[]): readonly string[] {
  const range = parseAddressRange(text);
  if (!range.ok) throw new InvalidArgumentError(range.error);
  return [...before, range.value];
}

async function runServe({
  data,
  database,
  listen,
  quiet,
  role,
  allowAddress,
  insecureHttp,
}: ServeFlags): Promise<ExitCode> {
  const directory = data ?? defaultDataDirectory();
  const keyFile = process.env['PLIMSOLL_KEY_FILE'];
  const interrupted = interruptSignal();
  const running = await serve({
    database: database ? { kind: 'url', url: database } : { kind: 'embedded', directory },
    ...listen,
    insecureHttp: insecureHttp === true,
    role,
    keyFile: keyFile || join(directory, 'secrets.key'),
    makeKey: !keyFile,
    allowedAddresses: allowAddress,
    log: quiet !== true,
  });
  if (!running.ok) {
    process.stderr.write(`plimsoll: ${printableLines(running.error)}\n`);
    return exitCodes.notAssessed;
  }
  process.stderr.write(`Plimsoll answers at ${running.value.address}\n`);
  if (running.value.welcome)
    process.stderr.write(`Become its administrator, once, within a day: ${running.value.welcome}\n`);
  // It may have come while the server was starting.
  if (!interrupted.aborted)
    await new Promise((resolve) => interrupted.addEventListener('abort', resolve, { once: true }));
  await running.value.close();
  return exitCodes.ok;
}
