import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { printableLines } from '#foundation/index.ts';
import { serve } from '#server/index.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import type { Finish } from '../program.ts';

interface ServeFlags {
  readonly data?: string;
  readonly database?: string;
  readonly listen: Listen;
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

async function runServe({ data, database, listen, quiet }: ServeFlags): Promise<ExitCode> {
  const interrupted = interruptSignal();
  const running = await serve({
    database: database ? { kind: 'url', url: database } : { kind: 'embedded', directory: data ?? defaultDirectory() },
    ...listen,
    log: quiet !== true,
  });
  if (!running.ok) {
    process.stderr.write(`plimsoll: ${printableLines(running.error)}\n`);
    return exitCodes.notAssessed;
  }
  process.stderr.write(`Plimsoll answers at ${running.value.address}\n`);
  await new Promise((resolve) => interrupted.addEventListener('abort', resolve, { once: true }));
  await running.value.close();
  return exitCodes.ok;
}

function defaultDirectory(): string {
  if (process.getuid?.() === 0) return '/var/lib/plimsoll';
  return join(process.env['XDG_DATA_HOME'] || join(homedir(), '.local/share'), 'plimsoll');
}
