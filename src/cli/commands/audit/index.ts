import { type Command, InvalidArgumentError } from 'commander';
import { checkMachine, checks, type MachinePart, machineParts } from '#checks/index.ts';
import { isSeverity, type Severity, severities } from '#model/index.ts';
import { gate } from '#policy/index.ts';
import { reporters } from '#reporters/index.ts';
import { auditReport, type ScanReport } from '#scan/index.ts';
import { type ExitCode, exitCodes, reportFailure } from '../../exit-codes.ts';
import { interruptSignal } from '../../interrupt.ts';
import { type Output, planOutputs, writeOutput } from '../../outputs.ts';
import type { Finish } from '../../program.ts';
import { wantsColor } from '../../terminal.ts';
import { type DecisionFlags, decisionPolicy } from '../decision-options.ts';
import { declarePolicyOptions, type PolicyFlags, policyRequest } from '../policy-options.ts';
import { collect } from '../target-options.ts';
import { type UploadReportFlags, uploadReport } from '../upload-report.ts';
import { liveEvidence, savedEvidence, saveEvidence } from './evidence.ts';

interface AuditFlags extends Pick<DecisionFlags, 'exceptions' | 'baseline'>, PolicyFlags, UploadReportFlags {
  readonly evidence?: string;
  readonly saveEvidence?: string;
  readonly format: readonly string[];
  readonly output: readonly string[];
  readonly failOn?: Severity | 'any';
  readonly skipChecks?: readonly string[];
  readonly verbose?: boolean;
}

export function declareAuditCommand(program: Command, finish: Finish): void {
  const command = program
    .command('audit')
    .argument('<part...>', machineParts.map(({ id, title }) => `"${id}": ${title}`).join('; '))
    .description(
      'Says how a machine that runs containers is set up, and what to do: as root, it sees all that it asks about.',
    )
    .option('--evidence <file>', 'judge the evidence in this file in place of this machine')
    .option('--save-evidence <file>', 'keep what was seen, to judge it elsewhere or again')
    .option('-f, --format <format[=file]>', `${reporters.map(({ id }) => id).join(', ')}; may be repeated`, collect, [])
    .option('-o, --output <file>', 'file for the format before it; may be repeated', collect, [])
    .option('--fail-on <severity>', 'end with 1 when a finding is at least this severe, or "any"', parseGate)
    .option('--skip-checks <list>', 'checks not to ask, by id, e.g. docker-host-partition', parseChecks)
    .option('--exceptions <file>', 'apply exceptions beside those found here; may be repeated', collect, [])
    .option('--no-exceptions', 'apply no exceptions, not even those found in .plimsoll')
    .option('--baseline <file>', 'what is in this baseline is accepted: only what is new counts')
    .option('--upload <url>', 'send the whole report to a Plimsoll server, with the token in PLIMSOLL_TOKEN')
    .option('--asset <kind:name>', 'with --upload: as what it is known there (default: the host of this name)')
    .option('--ca-file <file>', 'with --upload: also trust these certificates')
    .option('--plain-http', 'with --upload: the way to the server is safe without TLS')
    .option('-v, --verbose', 'every row');
  declarePolicyOptions(command);
  command.action(async (names: readonly string[], flags: AuditFlags) => finish(await runAudit(names, flags, command)));
}

async function runAudit(names: readonly string[], flags: AuditFlags, command: Command): Promise<ExitCode> {
  const unknown = names.find((name) => machineParts.every(({ id }) => id !== name));
  if (unknown !== undefined)
    return command.error(`error: ${unknown} is no part of a machine: ${machineParts.map(({ id }) => id).join(', ')}`);
  const outputs = planOutputs({ formats: flags.format, files: flags.output, defaultFormat: 'table' }, reporters);
  if (!outputs.ok) return command.error(`error: ${outputs.error}`);
  const signal = interruptSignal();
  const parts = machineParts.filter(({ id }) => names.includes(id));
  const report = await audit(parts, flags, command, signal);
  if (!report.ok) return reportFailure(report.error);
  for (const output of outputs.value) await writeOutput(output, report.value, reporterOptions(output, flags));
  const uploaded = await uploadReport(report.value, flags, signal);
  return uploaded === exitCodes.ok ? exitCodeOf(report.value, flags) : uploaded;
}

async function audit(parts: readonly MachinePart[], flags: AuditFlags, command: Command, signal: AbortSignal) {
  const policies = await policyRequest(flags);
  if (!policies.ok) return command.error(`error: ${policies.error}`);
  const evidence =
    flags.evidence === undefined
      ? {
          ok: true as const,
          value: await liveEvidence(
            parts.some(({ id }) => id === 'host'),
            signal,
          ),
        }
      : await savedEvidence(flags.evidence);
  if (!evidence.ok) return command.error(`error: ${evidence.error}`);
  if (flags.saveEvidence !== undefined) await saveEvidence(flags.saveEvidence, evidence.value);
  const disabled = flags.skipChecks ?? [];
  return auditReport({
    evidence: evidence.value,
    checked: checkMachine(evidence.value, parts, { disabled }),
    decisions: await decisionPolicy({ ...flags, vex: [] }, 'host'),
    ...(policies.value && { policies: policies.value }),
    signal,
  });
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
