import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, InvalidArgumentError } from 'commander';
import type { AdvisorySettings } from '#server/index.ts';

/** Options about the advisory database of the server. */
export interface ServerAdvisoryFlags {
  readonly dbDir?: string;
  readonly feedMirror?: string;
  readonly offline?: boolean;
  readonly dbUpdateMinutes?: number;
}

const DEFAULT_MINUTES = 60;

export function declareServerAdvisoryOptions(command: Command): Command {
  return command
    .option('--db-dir <dir>', 'directory of its advisory database (default: advisories in the data directory)')
    .option('--feed-mirror <dir|url>', 'take the feeds from a mirror instead of their publishers', parseMirror)
    .option('--offline', 'fetch no advisories; "plimsoll db import" into its directory brings them')
    .option('--db-update-minutes <n>', 'how often it looks for new advisories', parseMinutes, DEFAULT_MINUTES);
}

function parseMirror(text: string): string {
  return text.startsWith('file:') ? fileURLToPath(text) : text;
}

function parseMinutes(text: string): number {
  const minutes = Number(text);
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 24 * 60)
    throw new InvalidArgumentError('A number of minutes, from 1 to 1440.');
  return minutes;
}

export function serverAdvisories(flags: ServerAdvisoryFlags, dataDirectory: string): AdvisorySettings {
  return {
    directory: flags.dbDir ?? join(dataDirectory, 'advisories'),
    ...(flags.feedMirror !== undefined && { feedMirror: flags.feedMirror }),
    network: flags.offline === true ? 'offline' : 'auto',
    everyMinutes: flags.dbUpdateMinutes ?? DEFAULT_MINUTES,
    program: process.argv[1] ?? '',
  };
}
