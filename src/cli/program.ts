import { Command, CommanderError } from 'commander';
import { programVersion } from '#foundation/index.ts';
import { declareDatabaseCommands } from './commands/db.ts';
import { declareSbomCommand } from './commands/sbom.ts';
import { declareScanCommand } from './commands/scan.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { printable } from './terminal.ts';

/** Runs one command line and says what the process should end with. Never throws. */
export async function runCommandLine(argv: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.ok;
  const program = declareProgram((code) => {
    exitCode = code;
  });
  process.stdout.on('error', stopQuietlyWhenReaderLeft);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    process.stderr.write(`plimsoll: ${describeFailure(error)}\n`);
    return exitCodes.notAssessed;
  }
}

/** How a command reports its exit code. */
export type Finish = (code: ExitCode) => void;

function declareProgram(finish: Finish): Command {
  const program = new Command('plimsoll')
    .description(
      'Shows what is in a container image, a root file system or this host, what is wrong with it and how to fix it.',
    )
    .version(programVersion, '-V, --version')
    .exitOverride()
    .showHelpAfterError('(plimsoll --help shows how it is used)')
    .showSuggestionAfterError(true)
    .addHelpText('after', EPILOGUE);
  program.action(() => program.outputHelp());
  declareScanCommand(program, finish);
  declareSbomCommand(program, finish);
  declareDatabaseCommands(program, finish);
  return program;
}

const EPILOGUE = `
Exit codes: 0 done, 1 the gate found something, 2 wrong usage, 3 could not assess all of it.

Examples:
  plimsoll scan debian:12                     an image from a local engine or a registry
  plimsoll scan ./image.tar --fail-on high    an archive, as a gate
  plimsoll scan host                          this machine
  plimsoll sbom alpine:3.22 --format spdx     what is in it
  plimsoll db status                          which advisory data is here, and how old`;

function stopQuietlyWhenReaderLeft(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  throw error;
}

/** An exception is a bug or an abort: keep its cause for the report, its stack for those who ask. */
function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return printable(String(error));
  if (process.env['PLIMSOLL_DEBUG']) return printable(error.stack ?? error.message).replaceAll('\u{fffd}', '');
  return `${printable(error.message)}\n(an unexpected failure; PLIMSOLL_DEBUG=1 shows where, and the project would like to hear of it)`;
}
