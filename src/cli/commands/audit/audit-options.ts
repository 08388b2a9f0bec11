import { type Command, InvalidArgumentError } from 'commander';
import { checks } from '#checks/index.ts';
import { isSeverity, type Severity, severities } from '#model/index.ts';
import { gate } from '#policy/index.ts';
import { reporters } from '#reporters/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type Output, planOutputs, writeOutput } from '../../outputs.ts';
import { wantsColor } from '../../terminal.ts';
import type { DecisionFlags } from '../decision-options.ts';
import { declarePolicyOptions, type PolicyFlags } from '../policy-options.ts';
import { collect } from '../target-options.ts';
import { type UploadReportFlags, uploadReport } from '../upload-report.ts';

/** Options that all audits have. */
export interface AuditFlags extends Pick<DecisionFlags, 'exceptions' | 'baseline'>, PolicyFlags, UploadReportFlags {
  readonly evidence?: string;
  readonly saveEvidence?: string;
  readonly format: readonly string[];
  readonly output: readonly string[];
  readonly failOn?: Severity | 'any';
  readonly skipChecks?: readonly string[];
  readonly verbose?: boolean;
}

/** @param judged what evidence is of: `this machine` */
export function declareAuditOptions(command: Command, judged: string): void {
  command
    .option('--evidence <file>', `judge the evidence in this file in place of ${judged}`)
    .option('--save-evidence <file>', 'keep what was seen, to judge it elsewhere or again')
    .option('-f, --format <format[=file]>', `${reporters.map(({ id }) => id).join(', ')}; may be repeated`, collect, [])
    .option('-o, --output <file>', 'file for the format before it; may be repeated', collect, [])
    .option('--fail-on <severity>', 'end with 1 when a finding is at least this severe, or "any"', parseGate)
    .option('--skip-checks <list>', 'checks not to ask, by id, e.g. docker-host-partition', parseChecks)
    .option('--exceptions <file>', 'apply exceptions beside those found here; may be repeated', collect, [])
    .option('--no-exceptions', 'apply no exceptions, not even those found in .plimsoll')
    .option('--baseline <file>', 'what is in this baseline is accepted: only what is new counts')
    .option('--upload <url>', 'send the whole report to a Plimsoll server, with the token in PLIMSOLL_TOKEN')
    .option(
      '--asset <kind:name>',
      'with --upload: as what it is known there (default: the host or cluster of this name)',
    )
    .option('--ca-file <file>', 'with --upload: also trust these certificates')
    .option('--plain-http', 'with --upload: the way to the server is safe without TLS')
    .option('-v, --verbose', 'every row');
  declarePolicyOptions(command);
}

/** Where the report goes; ends the command when that makes no sense. */
export function auditOutputs(flags: AuditFlags, command: Command): readonly Output[] {
  const outputs = planOutputs({ formats: flags.format, files: flags.output, defaultFormat: 'table' }, reporters);
  return outputs.ok ? outputs.value : command.error(`error: ${outputs.error}`);
}

/** Writes and sends the report, and says what the process should end with. */
export async function deliverAudit(
  report: ScanReport,
  outputs: readonly Output[],
  flags: AuditFlags,
  signal: AbortSignal,
): Promise<ExitCode> {
  for (const output of outputs) await writeOutput(output, report, reporterOptions(output, flags));
  const uploaded = await uploadReport(report, flags, signal);
  return uploaded === exitCodes.ok ? exitCodeOf(report, flags) : uploaded;
}

function exitCodeOf(report: ScanReport, flags: AuditFlags): ExitCode {
  if (flags.failOn !== undefined) {
    const result = gate(report.findings, { failOn: flags.failOn, onlyFixed: false });
    if (!result.pass) {
      process.stderr.write(`plimsoll: gate --fail-on ${flags.failOn}: ${result.message}\n`);
      return exitCodes.findings;
    }
  }
  const { outcome } = report.verdict ?? {};
  if (outcome === 'denied') return exitCodes.findings;
  return report.assessment === 'complete' && outcome !== 'not-decided' ? exitCodes.ok : exitCodes.notAssessed;
}

function reporterOptions({ path }: Output, flags: AuditFlags) {
  const toTerminal = path === undefined;
  return {
    color: toTerminal && wantsColor(process.stdout, process.env),
    width: (toTerminal && process.stdout.columns) || 100,
    verbose: flags.verbose === true,
    explain: flags.explain === true,
  };
}

function parseGate(text: string): Severity | 'any' {
  const word = text.toLowerCase();
  if (word === 'any' || isSeverity(word)) return word;
  throw new InvalidArgumentError(`Choose any or one of ${severities.join(', ')}.`);
}

function parseChecks(text: string): string[] {
  const ids = text.split(',').map((word) => word.trim().toLowerCase());
  const unknown = ids.find((id) => checks.every((check) => check.id !== id));
  if (unknown === undefined) return ids;
  throw new InvalidArgumentError(`There is no check ${JSON.stringify(unknown)}: docs/reference/checks.md lists them.`);
}
