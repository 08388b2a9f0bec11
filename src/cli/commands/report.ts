import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  assessCompliance,
  type ComplianceFormat,
  type ComplianceReport,
  complianceFormats,
  foreignSubjects,
  loadAttestations,
  openCount,
} from '#compliance/index.ts';
import { err, ok, type Result, suggestion } from '#foundation/index.ts';
import { allScanners, readSavedReport, type SavedReport, type Scanner, scan } from '#scan/index.ts';
import { controls, type Framework, frameworks } from '#standards/index.ts';
import { type ExitCode, exitCodes, reportFailure } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import { writeFileWhole } from '../outputs.ts';
import type { Finish } from '../program.ts';
import { progressView } from '../progress.ts';
import { loadSearchSettings, type SearchFlags } from '../search-settings.ts';
import { wantsColor, writeAll } from '../terminal.ts';
import { type DecisionFlags, decisionPolicy, declareDecisionOptions } from './decision-options.ts';
import {
  type AdvisoryFlags,
  advisoryPolicy,
  collect,
  declareAdvisoryOptions,
  declareTargetOptions,
  layerCache,
  openOptions,
  type TargetFlags,
} from './target-options.ts';

interface ComplianceFlags extends TargetFlags, AdvisoryFlags, DecisionFlags, SearchFlags {
  readonly framework?: readonly Framework[];
  readonly from: readonly string[];
  readonly attestations: readonly string[];
  readonly format: ComplianceFormat;
  readonly output?: string;
  readonly failOn?: 'fail';
  readonly list?: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

export function declareReportCommands(program: Command, finish: Finish): void {
  const report = program.command('report').description('Says what scans mean for something beyond one artifact.');
  declareComplianceCommand(report, finish);
}

function declareComplianceCommand(report: Command, finish: Finish): void {
  const [standard] = complianceFormats;
  const command = report
    .command('compliance')
    .argument(
      '[target]',
      'scan this now, as plimsoll scan does; with --from it is judged together with the saved reports',
    )
    .description(
      'Says which requirements of a standard hold, which do not, and what would have to be looked at to know.',
    )
    .option('--framework <ids>', 'standards, e.g. nist-800-190,cis-docker; --list shows them', parseFrameworks)
    .option('--list', 'show the standards that there are')
    .option('--from <scan.json>', 'a report of plimsoll scan --format json; may be repeated', collect, [])
    .option(
      '--attestations <file>',
      'statements of people (default: .plimsoll/attestations.yaml); may be repeated',
      collect,
      [],
    )
    .addOption(
      new Option('-f, --format <format>', complianceFormats.map(({ id }) => id).join(', '))
        .argParser(parseFormat)
        .default(standard, 'table'),
    )
    .option('-o, --output <file>', 'write to this file')
    .addOption(new Option('--fail-on <state>', 'end with 1 when a requirement is not met').choices(['fail']))
    .option('-v, --verbose', 'every finding, every gap')
    .option('-q, --quiet', 'no progress');
  declareTargetOptions(command);
  declareAdvisoryOptions(command);
  declareDecisionOptions(command);
  command.addHelpText('after', HELP);
  command.action(async (target: string | undefined, flags: ComplianceFlags) =>
    finish(await runCompliance(target, flags, command)),
  );
}

const HELP = `
Ends with 0 when all is known, 1 with --fail-on fail when something fails, 3 when something was not assessed.

Examples:
  plimsoll report compliance --list
  plimsoll report compliance ./deploy --framework nist-800-190
  plimsoll scan shop:1.4 --format json -o image.json
  plimsoll scan ./deploy --format json -o deploy.json
  plimsoll report compliance --framework nist-800-190,cis-docker --from image.json --from deploy.json -f html -o compliance.html`;

async function runCompliance(target: string | undefined, flags: ComplianceFlags, command: Command): Promise<ExitCode> {
  if (flags.list) {
    await writeAll(process.stdout, frameworks.map(listLine));
    return exitCodes.ok;
  }
  const { framework: chosen } = flags;
  if (chosen === undefined) return command.error('error: which standard? --framework ID; --list shows them');
  if (target === undefined && flags.from.length === 0)
    return command.error('error: nothing to judge: name a target to scan, or saved reports with --from FILE');
  const attestations = await loadAttestations(flags.attestations);
  if (!attestations.ok) return command.error(`error: ${attestations.error}`);
  const saved = await readAll(flags.from);
  if (!saved.ok) return command.error(`error: ${saved.error}`);
  const scanned = await scanNow(target, flags, command);
  if (!scanned.ok) return scanned.error;
  const stated = attestations.value;
  const report = assessCompliance(chosen, controls, {
    reports: [...saved.value, ...scanned.value],
    attestations: stated.attestations,
    problems: [...stated.problems, ...foreignSubjects(stated.attestations, controls, frameworks)],
    now: new Date().toISOString(),
  });
  await write(report, flags);
  return verdict(report, flags);
}

function listLine({ id, title, version, publisher, clauses }: Framework): string {
  const mapped = clauses.filter(({ mappings }) => mappings.length > 0).length;
  return `${id.padEnd(18)}  ${title}, ${version} (${publisher}): ${clauses.length} requirements, ${mapped} with controls\n`;
}

async function readAll(paths: readonly string[]): Promise<Result<SavedReport[]>> {
  const reports: SavedReport[] = [];
  for (const path of new Set(paths)) {
    const report = await readSavedReport(path);
    if (!report.ok) return report;
    reports.push(report.value);
  }
  return ok(reports);
}

/** Everything that requirements ask about is looked for; of a host, only its packages are gone through. */
function scannersFor(target: string): ReadonlySet<Scanner> {
  return new Set(target === 'host' ? ['vulnerability', 'licence'] : allScanners);
}

async function scanNow(
  target: string | undefined,
  flags: ComplianceFlags,
  command: Command,
): Promise<Result<SavedReport[], ExitCode>> {
  if (target === undefined) return ok([]);
  const settings = await loadSearchSettings({ malwareRules: [], malwareHashes: [] }, scannersFor(target));
  if (!settings.ok) return command.error(`error: ${settings.error}`);
  const progress = progressView(process.stderr, { quiet: flags.quiet === true, verbose: flags.verbose === true });
  const done = await scan({
    target,
    open: await openOptions(flags),
    cache: layerCache(flags),
    ...(flags.packageTypes && { packageTypes: flags.packageTypes }),
    advisories: advisoryPolicy(flags),
    includeKernelHeaders: false,
    search: settings.value.search,
    problems: settings.value.problems,
    licences: true,
    decisions: await decisionPolicy(flags, target),
    signal: interruptSignal(),
    onProgress: progress.show,
  });
  progress.end();
  return done.ok ? ok([done.value]) : err(reportFailure(done.error));
}

async function write(report: ComplianceReport, { format, output, verbose }: ComplianceFlags): Promise<void> {
  const pieces = format.render(report, {
    color: output === undefined && wantsColor(process.stdout, process.env),
    width: (output === undefined && process.stdout.columns) || 100,
    verbose: verbose === true,
  });
  if (output === undefined || output === '-') return writeAll(process.stdout, pieces);
  return writeFileWhole(output, pieces);
}

function verdict({ frameworks: assessed }: ComplianceReport, { failOn }: ComplianceFlags): ExitCode {
  const failing = assessed.reduce((sum, { summary }) => sum + summary.fail, 0);
  const open = assessed.reduce((sum, { summary }) => sum + openCount(summary), 0);
  const all = assessed.reduce((sum, { summary }) => sum + summary.requirements, 0);
  if (failOn === 'fail' && failing > 0) {
    process.stderr.write(`plimsoll: ${failing} of ${all} requirements fail\n`);
    return exitCodes.findings;
  }
  if (open === 0) return exitCodes.ok;
  process.stderr.write(
    `plimsoll: ${open} of ${all} requirements are not known, or known in part; the report says why\n`,
  );
  return exitCodes.notAssessed;
}

function parseFrameworks(text: string): Framework[] {
  const ids = [...new Set(text.split(',').map((word) => word.trim().toLowerCase()))];
  return ids.map((id) => {
    const framework = frameworks.find((one) => one.id === id);
    if (framework === undefined) {
      const known = frameworks.map((one) => one.id);
      throw new InvalidArgumentError(
        `There is no standard ${JSON.stringify(id.slice(0, 60))}${suggestion(id, known)}.`,
      );
    }
    return framework;
  });
}

function parseFormat(text: string): ComplianceFormat {
  const format = complianceFormats.find(({ id }) => id === text.toLowerCase());
  if (format === undefined)
    throw new InvalidArgumentError(`Choose one of ${complianceFormats.map(({ id }) => id).join(', ')}.`);
  return format;
}
