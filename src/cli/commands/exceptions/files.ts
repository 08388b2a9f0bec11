import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { err, ok, printableLines, type Result } from '#foundation/index.ts';
import {
  appendException,
  discoverExceptions,
  type Exception,
  type ExceptionList,
  loadExceptions,
  type NewException,
} from '#policy/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import type { ServerFlags } from '../../server/connection.ts';
import { withServer } from '../../server/with-server.ts';
import { listServerExceptions } from './server.ts';

const OWN_FILE = join('.plimsoll', 'exceptions.yaml');

interface ListFlags extends Omit<ServerFlags, 'server'> {
  readonly json?: boolean;
  /** True: that of plimsoll login. */
  readonly server?: string | true;
  readonly state?: string;
  readonly all?: boolean;
}

interface AddFlags extends Omit<NewException, 'until-fix' | 'approved-by' | 'created'> {
  readonly approvedBy?: string;
  readonly untilFix?: boolean;
  readonly file: string;
}

export function declareExceptionFiles(group: Command, finish: Finish): void {
  group
    .command('list')
    .argument(
      '[files...]',
      'default: those of this directory (.plimsoll/exceptions.yaml, .trivyignore, .grype.yaml, …)',
    )
    .description('Lists exceptions, those that end first before the others; of a server, the newest first.')
    .option('--json', 'machine-readable result')
    .option('--server [url]', 'those of this server; without an address, of that of plimsoll login')
    .option('--state <state>', 'of a server: draft, requested, approved, expiring, expired, revoked or rejected')
    .option('--all', 'of a server: all of them, not the first 50')
    .option('--token-file <file>', 'a file with the token for the server')
    .option('--plain-http', 'the way to the server is safe without TLS')
    .option('--ca-file <file>', 'also trust these certificates')
    .action(async (files: string[], flags: ListFlags) => finish(await runListing(files, flags)));
  group
    .command('check')
    .argument('[files...]', 'as for list')
    .description('Reads exceptions and ends with 2 when one cannot be used.')
    .action(async (files: string[]) => finish(await runCheck(files)));
  const add = group
    .command('add')
    .description('Adds an exception; what stands in the file stays as it is, comments too.')
    .option('--id <id>', 'vulnerability or rule; * stands for any characters')
    .option('--package <name|purl>', 'name of package or source, or package URL')
    .option('--path <path>', 'path in the artifact; ** stands for any directories')
    .option('--fingerprint <text>', 'of a secret, as the report has it')
    .option('--object <object>', 'of a manifest or policy: Deployment/web')
    .option('--kind <kind>', 'vulnerability, secret, malware, misconfiguration, licence or policy')
    .option('--image <name>', 'only for artifacts of this name; ** stands for anything')
    .requiredOption('--reason <text>', 'why, for whoever reads it next year')
    .option('--state <state>', 'accepted, false-positive, not-affected or deferred (default: accepted)')
    .option('--justification <label>', 'OpenVEX justification, with --state not-affected')
    .option('--author <name>', 'who decided')
    .option('--approved-by <name>', 'who agreed')
    .option('--expires <date|days>', 'from when on it no longer holds: 2027-01-31, or 90d from today', parseExpiry)
    .option('--until-fix', 'it holds until there is a fix')
    .option('--file <file>', 'the file to add to', OWN_FILE);
  add.action(async (flags: AddFlags) => finish(await runAdd(flags)));
}

async function read(files: readonly string[]): Promise<ExceptionList & { readonly files: readonly string[] }> {
  const found = files.length > 0 ? files : await discoverExceptions('.');
  return { ...(await loadExceptions(found)), files: found };
}

function runListing(files: readonly string[], { server, ...flags }: ListFlags): Promise<ExitCode> {
  if (server === undefined) return runList(files, flags);
  const named = { ...flags, ...(server !== true && { server }) };
  return withServer(named, (connection) => listServerExceptions(connection, flags));
}

async function runList(files: readonly string[], flags: ListFlags): Promise<ExitCode> {
  const { exceptions, problems, files: found } = await read(files);
  const sorted = exceptions.toSorted((a, b) => ((a.expires ?? '9999') < (b.expires ?? '9999') ? -1 : 1));
  const today = isoToday();
  if (flags.json === true)
    process.stdout.write(
      `${JSON.stringify(
        sorted.map((one) => described(one, today)),
        null,
        2,
      )}\n`,
    );
  else if (found.length === 0) process.stdout.write(`No exceptions here. Add one: plimsoll exceptions add --help\n`);
  else
    process.stdout.write(
      `${printableLines(sorted.flatMap((one) => lines(one, today)).join('\n') || 'No exceptions.')}\n`,
    );
  return sayProblems(problems);
}

async function runCheck(files: readonly string[]): Promise<ExitCode> {
  const { exceptions, problems, files: found } = await read(files);
  const code = sayProblems(problems);
  const today = isoToday();
  const expired = exceptions.filter(({ expires }) => expires !== undefined && expires <= today).length;
  const where = found.length === 0 ? 'no file of exceptions here' : `in ${found.join(', ')}`;
  process.stdout.write(
    printableLines(`${exceptions.length} exceptions can be used, ${expired} of them expired (${where})\n`),
  );
  return code;
}

function sayProblems(problems: ExceptionList['problems']): ExitCode {
  for (const { message } of problems) process.stderr.write(`plimsoll: ${printableLines(message)}\n`);
  return problems.length > 0 ? exitCodes.usage : exitCodes.ok;
}

function described(one: Exception, today: string): object {
  const { name, statedIn, state, reason, justification, author, approvedBy, created, expires, untilFix, image } = one;
  const isExpired = expires !== undefined && expires <= today;
  return {
    name,
    state,
    reason,
    justification,
    author,
    approvedBy,
    created,
    expires,
    untilFix,
    isExpired,
    image: image?.source,
    statedIn,
  };
}

function lines(one: Exception, today: string): string[] {
  const by = [one.author, one.approvedBy && `approved by ${one.approvedBy}`].filter(Boolean).join(', ');
  return [
    `${ending(one, today).padEnd(24)} ${one.state.padEnd(14)} ${one.name}${one.image ? ` in ${one.image.source}` : ''}`,
    `  ${one.reason}${by === '' ? '' : ` (${by})`}  ${one.statedIn}`,
  ];
}

const DAY_MS = 86_400_000;

function ending({ expires, untilFix }: Exception, today: string): string {
  if (expires === undefined) return untilFix ? 'until a fix' : 'no end';
  if (expires <= today) return `expired ${expires}`;
  const days = Math.round((Date.parse(expires) - Date.parse(today)) / DAY_MS);
  return `${expires} (${days} ${days === 1 ? 'day' : 'days'})`;
}

async function runAdd({ file, approvedBy, untilFix, ...rest }: AddFlags): Promise<ExitCode> {
  const before = await textOf(file);
  const added = before.ok ? appendException(before.value, entryOf(rest, approvedBy, untilFix), file) : before;
  if (!added.ok) {
    process.stderr.write(`plimsoll: ${printableLines(added.error)}\n`);
    return exitCodes.usage;
  }
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.partial-${process.pid}`;
  await writeFile(temporary, added.value);
  await rename(temporary, file);
  process.stdout.write(printableLines(`Added to ${file}\n`));
  return exitCodes.ok;
}

/** Members in the order in which a person reads them. */
function entryOf(
  flags: Omit<AddFlags, 'file' | 'approvedBy' | 'untilFix'>,
  approvedBy?: string,
  untilFix?: boolean,
): NewException {
  const { reason, state, justification, author, expires, ...subject } = flags;
  return {
    ...subject,
    ...(state !== undefined && { state }),
    ...(justification !== undefined && { justification }),
    reason,
    ...(author !== undefined && { author }),
    ...(approvedBy !== undefined && { 'approved-by': approvedBy }),
    created: isoToday(),
    ...(expires !== undefined && { expires }),
    ...(untilFix === true && { 'until-fix': true }),
  };
}

async function textOf(file: string): Promise<Result<string>> {
  try {
    return ok(await readFile(file, 'utf8'));
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isAbsent ? ok('') : err(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isoToday(): string {
  return new Date().toISOString().slice(0, 10);
}

function parseExpiry(text: string): string {
  const days = /^(\d{1,4})d$/.exec(text)?.[1];
  if (days !== undefined) return new Date(Date.now() + Number(days) * DAY_MS).toISOString().slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text))
    throw new InvalidArgumentError('A date as in 2027-01-31, or a number of days as in 90d.');
  return text;
}
