import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Result } from '#foundation/index.ts';
import { parseAddressRange, type RunningServer, type ServerRole, serve, serverRoles } from '#server/index.ts';
import { defaultDataDirectory } from '../server-data.ts';
import { declareServerAdvisoryOptions, type ServerAdvisoryFlags, serverAdvisories } from './serve-advisories.ts';

/** Options of the commands that start the server. */
export interface ServeFlags extends ServerAdvisoryFlags {
  readonly data?: string;
  readonly database?: string;
  readonly listen: Listen;
  readonly insecureHttp?: boolean;
  readonly role: ServerRole;
  readonly allowAddress: readonly string[];
}

export interface Listen {
  readonly host: string;
  readonly port: number;
}

export function declareServeOptions(command: Command): Command {
  return declareServerAdvisoryOptions(command)
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
    );
}

export function parseListen(text: string): Listen {
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

export function dataDirectoryOf({ data }: Pick<ServeFlags, 'data'>): string {
  return data ?? defaultDataDirectory();
}

/** Starts the server that the options describe. Errors are whole sentences. */
export function startServer(flags: ServeFlags, log: 'requests' | 'failures'): Promise<Result<RunningServer>> {
  const { database, listen, role, allowAddress, insecureHttp } = flags;
  const directory = dataDirectoryOf(flags);
  const keyFile = process.env['PLIMSOLL_KEY_FILE'];
  return serve({
    database: database ? { kind: 'url', url: database } : { kind: 'embedded', directory },
    ...listen,
    insecureHttp: insecureHttp === true,
    role,
    keyFile: keyFile || join(directory, 'secrets.key'),
    makeKey: !keyFile,
    allowedAddresses: allowAddress,
    advisories: serverAdvisories(flags, directory),
    log,
  });
}

/** Until the user or the system wants it to end; it may have come while the server was starting. */
export async function untilInterrupted(interrupted: AbortSignal): Promise<void> {
  if (!interrupted.aborted)
    await new Promise((resolve) => interrupted.addEventListener('abort', resolve, { once: true }));
}
