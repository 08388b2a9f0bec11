import type { Command } from 'commander';
import { printableLines } from '#foundation/index.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import type { Finish } from '../program.ts';
import {
  certificateNote,
  declareServeOptions,
  type ServeFlags,
  startServer,
  untilInterrupted,
} from './serve-options.ts';

interface Flags extends ServeFlags {
  readonly quiet?: boolean;
}

export function declareServeCommand(program: Command, finish: Finish): void {
  declareServeOptions(program.command('serve'))
    .description(
      'Starts the server: API, console and jobs, with a PostgreSQL of its own unless --database names another.',
    )
    .option('-q, --quiet', 'no log of requests, only of failures')
    .action(async (flags: Flags) => finish(await runServe(flags)));
}

async function runServe(flags: Flags): Promise<ExitCode> {
  const interrupted = interruptSignal();
  const running = await startServer(flags, flags.quiet === true ? 'failures' : 'requests');
  if (!running.ok) {
    process.stderr.write(`plimsoll: ${printableLines(running.error)}\n`);
    return exitCodes.notAssessed;
  }
  process.stderr.write(`Plimsoll answers at ${running.value.address}\n`);
  const note = certificateNote(running.value);
  if (note) process.stderr.write(`${note}\n`);
  if (running.value.welcome)
    process.stderr.write(`Become its administrator, once, within a day: ${running.value.welcome}\n`);
  await untilInterrupted(interrupted);
  await running.value.close();
  return exitCodes.ok;
}
