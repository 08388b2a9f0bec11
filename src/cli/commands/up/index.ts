import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { printableLines } from '#foundation/index.ts';
import type { RunningServer } from '#server/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { interruptSignal } from '../../interrupt.ts';
import type { Finish } from '../../program.ts';
import {
  certificateNote,
  dataDirectoryOf,
  declareServeOptions,
  type ServeFlags,
  startServer,
  untilInterrupted,
} from '../serve-options.ts';
import { reportThisHost } from './this-host.ts';

interface UpFlags extends ServeFlags {
  readonly log?: boolean;
  /** commander sets it to false for --no-scan. */
  readonly scan: boolean;
}

export function declareUpCommand(program: Command, finish: Finish): void {
  declareServeOptions(program.command('up'))
    .description(
      'Starts everything on this machine with nothing to configure: the server, its console, and this host as the first thing in it.',
    )
    .option('--log', 'write the log of requests to standard output')
    .option('--no-scan', 'do not scan and audit this host')
    .action(async (flags: UpFlags) => finish(await runUp(flags)));
}

async function runUp(flags: UpFlags): Promise<ExitCode> {
  const interrupted = interruptSignal();
  const started = performance.now();
  const directory = dataDirectoryOf(flags);
  const isNew = flags.database === undefined && !existsSync(join(directory, 'database-password'));
  if (isNew) say(`Making a database in ${directory} ...`);
  const running = await startServer(flags, flags.log === true ? 'requests' : 'failures');
  if (!running.ok) {
    say(`plimsoll: ${running.error}`);
    return exitCodes.notAssessed;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const where = flags.database === undefined ? `${isNew ? 'new data' : 'the data'} in ${directory}` : '--database';
  say(`Plimsoll answers at ${running.value.address} after ${seconds} s, with ${where}.`);
  const note = certificateNote(running.value);
  if (note) say(note);
  if (running.value.welcome) say(`Become its administrator, once, within a day: ${running.value.welcome}`);
  say('Ctrl-C ends it.');
  if (flags.scan && flags.role !== 'worker') await tryHost(running.value, interrupted);
  await untilInterrupted(interrupted);
  say('Ending ...');
  await running.value.close();
  return exitCodes.ok;
}

const FRESH_MS = 24 * 60 * 60_000;

/** What goes wrong with the host is said, and leaves the server as it is. */
async function tryHost(server: RunningServer, signal: AbortSignal): Promise<void> {
  const name = hostname();
  try {
    const { token, lastReportAt } = await server.admitHost(name);
    if (lastReportAt !== undefined && Date.now() - lastReportAt.getTime() < FRESH_MS) {
      say(
        `This host, ${name}, has a report of ${lastReportAt.toISOString()}; it is scanned again at a start a day later.`,
      );
      return;
    }
    const { address, certificate } = server;
    await reportThisHost({ server: address, authority: certificate?.authority, token, name, signal, say });
  } catch (error) {
    if (!signal.aborted) say(`This host was not scanned: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function say(line: string): void {
  process.stderr.write(`${printableLines(line)}\n`);
}
