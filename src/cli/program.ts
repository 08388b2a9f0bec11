import { Command, CommanderError } from 'commander';
import { startEarlyWorker } from '#analysis/early.ts';
import { printableLines, programVersion } from '#foundation/index.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { Interrupted } from './interrupt.ts';

/** Runs one command line and says what the process should end with. Never throws. */
export async function runCommandLine(argv: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.ok;
  const program = declareProgram();
  process.stdout.on('error', stopQuietlyWhenReaderLeft);
  try {
    for (const declare of await commandsFor(argv)) {
      declare(program, (code) => {
        exitCode = code;
      });
    }
    await program.parseAsync(argv.length > 0 ? argv : ['--help'], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (error instanceof Interrupted) {
      process.stderr.write(`\nplimsoll: ${error.message}\n`);
      return exitCodes.interrupted;
    }
    process.stderr.write(`plimsoll: ${describeFailure(error)}\n`);
    return exitCodes.notAssessed;
  }
}

/** How a command reports its exit code. */
export type Finish = (code: ExitCode) => void;

type Declare = (program: Command, finish: Finish) => void;

/** Each command with the code behind it, loaded only when it is asked for: `plimsoll --version` should not wait for a scanner. */
const commands: Readonly<Record<string, () => Promise<Declare>>> = {
  scan: async () => (await import('./commands/scan.ts')).declareScanCommand,
  sbom: async () => (await import('./commands/sbom.ts')).declareSbomCommand,
  explain: async () => (await import('./commands/explain/index.ts')).declareExplainCommand,
  fix: async () => (await import('./commands/fix.ts')).declareFixCommand,
  report: async () => (await import('./commands/report.ts')).declareReportCommands,
  db: async () => (await import('./commands/db.ts')).declareDatabaseCommands,
  'who-can': async () => (await import('./commands/who-can.ts')).declareWhoCanCommand,
  audit: async () => (await import('./commands/audit/index.ts')).declareAuditCommand,
  policy: async () => (await import('./commands/policy/index.ts')).declarePolicyCommands,
  findings: async () => (await import('./commands/findings/index.ts')).declareFindingsCommands,
  exceptions: async () => (await import('./commands/exceptions/index.ts')).declareExceptionCommands,
  accounts: async () => (await import('./commands/accounts.ts')).declareAccountCommands,
  'audit-log': async () => (await import('./commands/audit-log.ts')).declareAuditLogCommands,
  backup: async () => (await import('./commands/backup.ts')).declareBackupCommand,
  restore: async () => (await import('./commands/backup.ts')).declareRestoreCommand,
  login: async () => (await import('./commands/login.ts')).declareLoginCommand,
  logout: async () => (await import('./commands/login.ts')).declareLogoutCommand,
  api: async () => (await import('./commands/api/index.ts')).declareApiCommand,
  upload: async () => (await import('./commands/upload.ts')).declareUploadCommand,
  up: async () => (await import('./commands/up/index.ts')).declareUpCommand,
  demo: async () => (await import('./commands/demo.ts')).declareDemoCommand,
  serve: async () => (await import('./commands/serve.ts')).declareServeCommand,
  watch: async () => (await import('./commands/watch/index.ts')).declareWatchCommand,
  rules: async () => (await import('./commands/rules/index.ts')).declareRulesCommands,
};

function commandsFor([first = '', ...rest]: readonly string[]): Promise<Declare[]> {
  if (first === '--version' || first === '-V') return Promise.resolve([]);
  const wanted = Object.hasOwn(commands, first) ? [first] : Object.keys(commands);
  const isScan = first === 'scan' || first === 'sbom' || first === 'fix';
  if (isScan || (first === 'explain' && rest.some((word) => word.startsWith('--in')))) startEarlyWorker();
  return Promise.all(wanted.flatMap((name) => commands[name]?.() ?? []));
}

function declareProgram(): Command {
  return (
    new Command('plimsoll')
      .description(
        'Shows what is in a container image, a file system, a directory of sources or this host, what is wrong and how to fix it.',
      )
      .version(programVersion, '-V, --version')
      .exitOverride()
      // Options belong to the command that they follow: `sbom diff` has some of the same names as `sbom`.
      .enablePositionalOptions()
      .showHelpAfterError('(plimsoll --help shows how it is used)')
      .showSuggestionAfterError(true)
      .addHelpText('after', EPILOGUE)
  );
}

const EPILOGUE = `
Exit codes: 0 done, 1 the gate found something, 2 wrong usage, 3 could not assess all of it.

Examples:
  plimsoll up                                 everything at once: server, console, and this host in it
  plimsoll scan debian:12                     an image from a local engine or a registry
  plimsoll scan ./image.tar --fail-on high    an archive, as a gate
  plimsoll scan host                          this machine
  plimsoll audit host docker                  how this machine, Docker and its containers are set up
  plimsoll sbom alpine:3.22 --format spdx     what is in it
  plimsoll explain CVE-2024-3094 --in host    how soon to act on one vulnerability, and why
  plimsoll who-can get secrets --in deploy    to whom the manifests give a right, and how
  plimsoll explain kubernetes-privileged      what a check, control, clause or policy means, and what to do
  plimsoll report compliance --list           the standards that scans can be judged by
  plimsoll db status                          which advisory data is here, and how old`;

function stopQuietlyWhenReaderLeft(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  throw error;
}

/** An exception is a bug or an abort: keep its cause for the report, its stack for those who ask. */
function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return printableLines(String(error));
  if (process.env['PLIMSOLL_DEBUG']) return printableLines(error.stack ?? error.message);
  return `${printableLines(error.message)}\n(an unexpected failure; PLIMSOLL_DEBUG=1 shows where, and the project would like to hear of it)`;
}
