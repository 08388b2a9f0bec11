import type { Command } from 'commander';
import {
  type DatabaseStatus,
  databaseDirectory,
  databaseStatus,
  exportDatabase,
  importDatabase,
  type ShardStatus,
  type TransferReport,
  type UpdateReport,
  updateDatabase,
} from '#advisory/index.ts';
import { printableLines, type Result } from '#foundation/index.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import type { Finish } from '../program.ts';
import { statusLine } from '../progress.ts';
import { collect } from './target-options.ts';

interface DatabaseFlags {
  readonly dbDir?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

interface UpdateFlags extends DatabaseFlags {
  readonly from?: string;
  readonly source: readonly string[];
  readonly allowRestricted?: boolean;
}

export function declareDatabaseCommands(program: Command, finish: Finish): void {
  const group = program
    .command('db')
    .description('Advisory data on this machine: fetch it, see how old it is, carry it elsewhere.');
  group
    .command('update')
    .argument('[ecosystems...]', 'e.g. debian:12 alpine:3.22 almalinux:9; without any, what is here is refreshed')
    .description('Fetches advisories from their publishers, or from a mirror of their feeds.')
    .option('--from <dir|url>', 'a mirror of the feeds (layout: docs/guides/advisory-data.md)')
    .option('--source <id>', 'only this source; may be repeated', collect, [])
    .option('--allow-restricted', 'also feeds whose licence restricts use; the status names the restriction')
    .option('--db-dir <dir>', 'database directory (default: $PLIMSOLL_DB_DIR or the user data directory)')
    .option('--json', 'machine-readable result')
    .option('-q, --quiet', 'no progress')
    .action(async (ecosystems: string[], flags: UpdateFlags) => finish(await runUpdate(ecosystems, flags)));
  group
    .command('status')
    .description('Lists each source with its licence, date, age and size.')
    .option('--db-dir <dir>', 'database directory')
    .option('--json', 'machine-readable result')
    .action((flags: DatabaseFlags) => finish(runStatus(flags)));
  group
    .command('export')
    .argument('<file>', 'the file to write, e.g. advisories.zip')
    .description('Packs the database into one file for a machine without a network.')
    .option('--db-dir <dir>', 'database directory')
    .option('--allow-restricted', 'also data whose licence restricts passing it on')
    .action((file: string, flags: UpdateFlags) =>
      finish(
        sayTransfer(
          exportDatabase(directoryOf(flags), file, { allowRestricted: flags.allowRestricted === true }),
          'exported',
        ),
      ),
    );
  group
    .command('import')
    .argument('<file>', 'what "db export" wrote')
    .description('Takes the database of another machine over, after checking every byte of it.')
    .option('--db-dir <dir>', 'database directory')
    .option('--allow-restricted', 'also data whose licence restricts use')
    .action((file: string, flags: UpdateFlags) => {
      const allowRestricted = flags.allowRestricted === true;
      finish(sayTransfer(importDatabase(file, directoryOf(flags), { allowRestricted }), 'imported'));
    });
}

async function runUpdate(ecosystems: readonly string[], flags: UpdateFlags): Promise<ExitCode> {
  const line = statusLine(process.stderr, flags.quiet === true);
  const updated = await updateDatabase({
    directory: directoryOf(flags),
    ...(ecosystems.length > 0 && { ecosystems }),
    ...(flags.source.length > 0 && { sources: flags.source }),
    ...(flags.from !== undefined && { from: flags.from }),
    allowRestricted: flags.allowRestricted === true,
    signal: interruptSignal(),
    onProgress: (progress) => {
      if (progress.step === 'fetch') line.show(`${progress.feed.title}: ${megabytes(progress.receivedBytes)} received`);
      if (progress.step === 'build') line.show(`${progress.feed.title}: ${progress.records} advisories`);
    },
  });
  line.end();
  if (!updated.ok) return fail(updated.error);
  if (flags.json === true) process.stdout.write(`${JSON.stringify(updated.value, null, 2)}\n`);
  else process.stdout.write(describeUpdate(updated.value));
  const failed = updated.value.outcomes.some(({ state }) => state === 'failed');
  return failed || updated.value.unanswered.length > 0 ? exitCodes.notAssessed : exitCodes.ok;
}

function describeUpdate(report: UpdateReport): string {
  const lines = report.outcomes.map(({ feed, state, advisories, message, problems }) => {
    const amount = advisories === undefined ? '' : `, ${advisories} advisories`;
    const unread =
      problems.length === 0 ? '' : `, ${problems.length} kinds of records not read (db status --json lists them)`;
    return `${state.padEnd(10)} ${feed.title}${amount}${unread}${message === undefined ? '' : `\n           ${message}`}`;
  });
  const silent = report.unanswered.map((ecosystem) => `no data    ${ecosystem}: nothing here speaks for its packages`);
  const all = [...lines, ...silent];
  return `${printableLines((all.length > 0 ? all : ['Nothing to update: name an ecosystem, e.g. plimsoll db update debian:12']).join('\n'))}\n`;
}

function runStatus(flags: DatabaseFlags): ExitCode {
  const status = databaseStatus(directoryOf(flags));
  if (!status.ok) return fail(status.error);
  process.stdout.write(
    flags.json === true ? `${JSON.stringify(status.value, null, 2)}\n` : describeStatus(status.value),
  );
  return exitCodes.ok;
}

function describeStatus({ directory, shards, bytes }: DatabaseStatus): string {
  if (shards.length === 0) {
    return `No advisory data in ${directory}.\nFetch some: plimsoll db update debian:12, or scan something: what it needs is fetched then.\n`;
  }
  return `${directory}: ${shards.length} feeds, ${megabytes(bytes)}\n\n${printableLines(shards.map(describeShard).join('\n'))}\n`;
}

function describeShard(shard: ShardStatus): string {
  const lines = [
    `${shard.title}${shard.stale ? '  (stale: run plimsoll db update)' : ''}`,
    `  ${shard.advisories} ${shard.kind}, as of ${shard.asOf}, fetched ${age(shard.ageMs)} ago, ${megabytes(shard.bytes)}`,
    `  licence: ${shard.license}; ${shard.attribution}`,
    ...shard.limits.map((limit) => `  limit: ${limit}`),
    ...(shard.restricted === undefined ? [] : [`  restricted: ${shard.restricted}`]),
    ...shard.problems.map(({ message, count = 1 }) => `  not read: ${count} × ${message}`),
  ];
  return `${lines.join('\n')}\n`;
}

function sayTransfer(done: Result<TransferReport>, verb: string): ExitCode {
  if (!done.ok) return fail(done.error);
  const { feeds, leftOut, bytes } = done.value;
  const left = leftOut.map((line) => `left out: ${line}\n`).join('');
  process.stdout.write(printableLines(`${verb} ${feeds.length} feeds, ${megabytes(bytes)}\n${left}`));
  return exitCodes.ok;
}

function directoryOf(flags: DatabaseFlags): string {
  return flags.dbDir ?? databaseDirectory(process.env);
}

function fail(message: string): ExitCode {
  process.stderr.write(`plimsoll: ${printableLines(message)}\n`);
  return exitCodes.notAssessed;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function age(milliseconds: number): string {
  const hours = milliseconds / 3_600_000;
  if (hours < 1) return `${Math.round(hours * 60)} min`;
  return hours < 48 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} days`;
}
