import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { err, printableLines, type Result } from '#foundation/index.ts';
import { type OpenedDatabase, runningServer } from '#postgres/index.ts';
import { openStorage, type Query, type Tables } from '#storage/index.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

/** Which server a command is about, by its data. */
export interface DataFlags {
  readonly data?: string;
  readonly database?: string;
}

export function addDataOptions(command: Command): Command {
  return command
    .option(
      '--data <dir>',
      'directory of the data of the server (default: /var/lib/plimsoll for root, else ~/.local/share/plimsoll)',
    )
    .option('--database <url>', 'postgres://user:password@host/name, when the server uses that');
}

export function defaultDataDirectory(): string {
  if (process.getuid?.() === 0) return '/var/lib/plimsoll';
  return join(process.env['XDG_DATA_HOME'] || join(homedir(), '.local/share'), 'plimsoll');
}

/** Does something with the database of a server, whether that runs or not. */
export async function withServerData(flags: DataFlags, work: (query: Query) => Promise<ExitCode>): Promise<ExitCode> {
  const opened = await openServerData(flags);
  if (!opened.ok) {
    process.stderr.write(`plimsoll: ${printableLines(opened.error)}\n`);
    return exitCodes.notAssessed;
  }
  try {
    return await work(opened.value.query);
  } finally {
    await opened.value.close();
  }
}

async function openServerData({ data, database }: DataFlags): Promise<Result<OpenedDatabase<Tables>>> {
  if (database) return openStorage({ kind: 'url', url: database });
  const directory = data ?? defaultDataDirectory();
  const running = runningServer(directory);
  if (running !== undefined) return openStorage({ kind: 'url', url: running });
  // A mistyped directory would become an empty server otherwise.
  if (!existsSync(join(directory, 'database-password')))
    return err(`There is no data of a server in ${directory}; name it with --data or --database.`);
  return openStorage({ kind: 'embedded', directory });
}
