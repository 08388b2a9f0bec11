import { mkdir } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { ReaderCost } from '#analysis/index.ts';
import { checks } from '#checks/index.ts';
import { isSeverity, type Severity, severities } from '#model/index.ts';
import { baselineOf, gate, renderBaseline } from '#policy/index.ts';
import { reporters } from '#reporters/index.ts';
import { allScanners, type Scanner, type ScanReport, scan } from '#scan/index.ts';
import { viewOf } from '#vulnerability/index.ts';
import { type ExitCode, exitCodes, reportFailure } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import { type Output, planOutputs, reportDirectoryOutputs, writeFileWhole, writeOutput } from '../outputs.ts';
import { profileTable } from '../profile-table.ts';
import type { Finish } from '../program.ts';
import { progressView } from '../progress.ts';
import { loadSearchSettings, type SearchFlags } from '../search-settings.ts';
import { wantsColor } from '../terminal.ts';
import { type DecisionFlags, decisionPolicy, declareDecisionOptions, priorityContext } from './decision-options.ts';
import { declarePolicyOptions, type PolicyFlags, policyRequest } from './policy-options.ts';
import { parseSeverities } from './severity-option.ts';
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
import { uploadReport } from './upload-report.ts';

interface ScanFlags extends TargetFlags, AdvisoryFlags, DecisionFlags, SearchFlags, PolicyFlags {
  readonly format: readonly string[];
  readonly output: readonly string[];
  readonly reportDir?: string;
  readonly severity?: readonly Severity[];
  readonly onlyFixed?: boolean;
  readonly failOn?: Severity | 'any';
  readonly kernelHeaders?: boolean;
  readonly scanners?: ReadonlySet<Scanner>;
  readonly render?: boolean;
  readonly writeBaseline?: string;
  readonly upload?: string;
  readonly asset?: string;
  readonly profile?: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

export function declareScanCommand(program: Command, finish: Finish): void {
  const command = program
    .command('scan')
    .argument('<target>', 'image reference, archive, OCI layout, directory, SBOM, or "host"')
    .description(
      'Finds vulnerabilities, secrets, malware and misconfiguration in an image, a directory or this host, and what to do.',
    )
    .option('-f, --format <format[=file]>', `${reporters.map(({ id }) => id).join(', ')}; may be repeated`, collect, [])
    .option('-o, --output <file>', 'file for the format before it; may be repeated', collect, [])
    .option('--report-dir <dir>', 'write every format into this directory and print the table')
    .option('-s, --severity <list>', 'show only these, e.g. critical,high', parseSeverities)
    .option('--only-fixed', 'show only what has a fix')
    .option(
      '--fail-on <severity>',
      'end with 1 when a finding is at least this severe, or "any"; with --only-fixed, those with a fix',
      parseGate,
    )
    .option(
      '--kernel-headers',
      'also match packages of kernel headers and tools with the vulnerabilities of the kernel',
    )
    .option('--scanners <list>', `what to look for: ${allScanners.join(', ')}`, parseScanners)
    .option('--secret-settings <file>', 'own rules and allowances for secrets (default: .plimsoll/secrets.yaml)')
    .option('--malware-rules <file|dir>', 'own rules beside .plimsoll/malware; may be repeated', collect, [])
    .option('--malware-hashes <file>', 'list of digests of known malware; may be repeated', collect, [])
    .option('--skip-checks <list>', 'checks not to ask, by id, e.g. compose-user-missing', parseChecks)
    .option(
      '--render',
      'run helm and kustomize, as far as they are installed, on charts and kustomizations of a directory',
    )
    .option('--write-baseline <file>', 'write the open findings as a baseline')
    .option('--upload <url>', 'send the whole report to a Plimsoll server, with the token in PLIMSOLL_TOKEN')
    .option('--asset <kind:name>', 'with --upload: what is scanned, e.g. project:shop/checkout for a directory')
    .option('--profile', 'say on standard error what each reader of files cost')
    .option('-v, --verbose', 'every row, every step')
    .option('-q, --quiet', 'no progress');
  declareTargetOptions(command);
  declareAdvisoryOptions(command);
  declareDecisionOptions(command);
  declarePolicyOptions(command);
  command.addHelpText('after', TARGET_HELP);
  command.action(async (target: string, flags: ScanFlags) => finish(await runScan(target, flags, command)));
}

const TARGET_HELP = `
Targets: what they are is guessed and can be forced with a prefix:
  docker:NAME  podman:NAME  containerd:NAME   an image in a local engine, read in place where possible
  registry:NAME                               an image in a registry, e.g. registry:ghcr.io/owner/name@sha256:...
  archive:FILE                                docker save, also gzip or zstd compressed
  oci:PATH[:TAG|@DIGEST]                      OCI layout directory or archive
  rootfs:DIR                                  a directory as root file system
  dir:DIR                                     a directory of sources: what its lock files declare counts too
  sbom:FILE                                   what an SBOM says is in an artifact that is not here
  host                                        this machine`;

async function runScan(target: string, flags: ScanFlags, command: Command): Promise<ExitCode> {
  const outputs = await chooseOutputs(flags, command);
  const interrupted = interruptSignal();
  const scanners = flags.scanners ?? defaultScanners(target);
  const settings = await loadSearchSettings(flags, scanners);
  if (!settings.ok) return command.error(`error: ${settings.error}`);
  const policies = await policyRequest(flags);
  if (!policies.ok) return command.error(`error: ${policies.error}`);
  let costs: readonly ReaderCost[] = [];
  const progress = progressView(process.stderr, { quiet: flags.quiet === true, verbose: flags.verbose === true });
  const done = await scan({
    target,
    open: await openOptions(flags),
    cache: layerCache(flags),
    ...(flags.packageTypes && { packageTypes: flags.packageTypes }),
    advisories: scanners.has('vulnerability') ? advisoryPolicy(flags) : 'none',
    includeKernelHeaders: flags.kernelHeaders === true,
    search: settings.value.search,
    render: flags.render === true,
    problems: settings.value.problems,
    licences: scanners.has('licence'),
    decisions: await decisionPolicy(flags, target),
    ...(policies.value && { policies: policies.value }),
    context: priorityContext(flags),
    signal: interrupted,
    onProgress: progress.show,
    ...(flags.profile && {
      onProfile: (measured) => {
        costs = measured;
      },
    }),
  });
  progress.end();
  if (!done.ok) return reportFailure(done.error);
  const shown = narrow(done.value, flags);
  for (const output of outputs) await writeOutput(output, shown, reporterOptions(output, flags));
  if (flags.writeBaseline !== undefined) await writeBaseline(flags.writeBaseline, done.value);
  if (flags.profile) process.stderr.write(profileTable(costs));
  if (flags.reportDir !== undefined) sayWhereReportsAre(flags.reportDir, outputs);
  const uploaded = await uploadReport(done.value, flags, interrupted);
  return uploaded === exitCodes.ok ? exitCodeOf(done.value, flags) : uploaded;
}

async function chooseOutputs(flags: ScanFlags, command: Command): Promise<Output[]> {
  const planned = planOutputs({ formats: flags.format, files: flags.output, defaultFormat: 'table' }, reporters);
  if (!planned.ok) return command.error(`error: ${planned.error}`);
  if (flags.reportDir === undefined) return planned.value;
  await mkdir(flags.reportDir, { recursive: true });
  const files = reporters.filter(({ id }) => id !== 'table');
  return [...planned.value, ...reportDirectoryOutputs(flags.reportDir, files)];
}

/**
 * Licences are a question of one's own rules, so they are asked for. A host's own files are its users': to go through all of them takes
 * long and must be meant. What has no configuration to check is not asked about it.
 */
function defaultScanners(target: string): Set<Scanner> {
  return new Set(target === 'host' ? ['vulnerability'] : ['vulnerability', 'secret', 'malware', 'misconfiguration']);
}

async function writeBaseline(file: string, report: ScanReport): Promise<void> {
  const of = { createdAt: report.createdAt, artifact: report.artifact.name };
  await writeFileWhole(file, [renderBaseline(baselineOf(report.findings, of))]);
}

function narrow(report: ScanReport, flags: ScanFlags): ScanReport {
  if (flags.severity === undefined && flags.onlyFixed !== true) return report;
  const view = viewOf(report.findings, {
    ...(flags.severity && { severities: flags.severity }),
    onlyFixed: flags.onlyFixed === true,
  });
  return { ...report, findings: view.findings, problems: [...report.problems, ...view.problems] };
}

function exitCodeOf(report: ScanReport, flags: ScanFlags): ExitCode {
  if (flags.failOn !== undefined) {
    const result = gate(report.findings, { failOn: flags.failOn, onlyFixed: flags.onlyFixed === true });
    if (!result.pass) {
      process.stderr.write(`plimsoll: gate --fail-on ${flags.failOn}: ${result.message}\n`);
      return exitCodes.findings;
    }
  }
  const { outcome } = report.verdict ?? {};
  if (outcome === 'denied') return exitCodes.findings;
  const isAnswered = report.assessment === 'complete' && outcome !== 'not-decided';
  return isAnswered ? exitCodes.ok : exitCodes.notAssessed;
}

function reporterOptions(output: Output, flags: ScanFlags) {
  const toTerminal = output.path === undefined;
  return {
    color: toTerminal && wantsColor(process.stdout, process.env),
    width: (toTerminal && process.stdout.columns) || 100,
    verbose: flags.verbose === true,
    explain: flags.explain === true,
  };
}

function sayWhereReportsAre(directory: string, outputs: readonly Output[]): void {
  const files = outputs.flatMap(({ path, reporter }) => (path === undefined ? [] : [`  ${path}  ${reporter.title}`]));
  process.stdout.write(`\nWritten to ${directory}:\n${files.join('\n')}\n`);
}

function parseScanners(text: string): Set<Scanner> {
  const words = text.split(',').map((word) => word.trim().toLowerCase());
  const known = allScanners.filter((scanner) => words.includes(scanner));
  if (known.length !== new Set(words).size) throw new InvalidArgumentError(`Choose among ${allScanners.join(', ')}.`);
  return new Set(known);
}

function parseChecks(text: string): string[] {
  const ids = text.split(',').map((word) => word.trim().toLowerCase());
  const unknown = ids.find((id) => checks.every((check) => check.id !== id));
  if (unknown !== undefined)
    throw new InvalidArgumentError(
      `There is no check ${JSON.stringify(unknown)}: docs/reference/checks.md lists them.`,
    );
  return ids;
}

function parseGate(text: string): Severity | 'any' {
  const word = text.toLowerCase();
  if (word === 'any' || isSeverity(word)) return word;
  throw new InvalidArgumentError(`Choose any or one of ${severities.join(', ')}.`);
}
