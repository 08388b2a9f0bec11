import type { Command } from 'commander';
import { printable, printableLines, type Result } from '#foundation/index.ts';
import type { DatabaseLocation } from '#postgres/index.ts';
import { type BackupSummary, restoreBackupFile, writeBackupFile } from '#server/index.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Finish } from '../program.ts';
import { addDataOptions, type DataFlags, defaultDataDirectory } from '../server-data.ts';

export function declareBackupCommand(program: Command, finish: Finish): void {
  addDataOptions(program.command('backup'))
    .description(
      'Writes all data of a server to a file, as it is at one moment, also while the server is at work. The key file (secrets.key) is not in it.',
    )
    .argument('<file>', 'a new file')
    .action(async (file: string, flags: DataFlags) =>
      finish(say(`${file} has`, await writeBackupFile(locationOf(flags), file, new Date()))),
    );
}

export function declareRestoreCommand(program: Command, finish: Finish): void {
  addDataOptions(program.command('restore'))
    .description(
      'Brings a backup back, of this or an older Plimsoll, into a new data directory or an empty database. What was sealed needs the key file that it was sealed with.',
    )
    .argument('<file>', 'what plimsoll backup wrote')
    .action(async (file: string, flags: DataFlags) =>
      finish(say('Restored', await restoreBackupFile(locationOf(flags), file))),
    );
}

function locationOf({ data, database }: DataFlags): DatabaseLocation {
  if (database) return { kind: 'url', url: database };
  return { kind: 'embedded', directory: data ?? defaultDataDirectory() };
}

function say(done: string, summary: Result<BackupSummary>): ExitCode {
  if (!summary.ok) {
    process.stderr.write(`plimsoll: ${printableLines(summary.error)}\n`);
    return exitCodes.notAssessed;
  }
  const { tables, createdAt, version, bytes } = summary.value;
  process.stderr.write(
    `${printable(done)} ${tables} tables as of ${printable(createdAt)}, by Plimsoll ${printable(version)} (${bytes} bytes)\n`,
  );
  return exitCodes.ok;
}
