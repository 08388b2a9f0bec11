import type { Command } from 'commander';
import { findingsNamed, renderExplanation } from '#reporters/index.ts';
import { type ScanReport, scan } from '#scan/index.ts';
import { type ExitCode, exitCodes, reportFailure } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import type { Finish } from '../program.ts';
import { progressView } from '../progress.ts';
import { wantsColor, writeAll } from '../terminal.ts';
import { type DecisionFlags, decisionPolicy, declareDecisionOptions, priorityContext } from './decision-options.ts';
import {
  type AdvisoryFlags,
  advisoryPolicy,
  declareAdvisoryOptions,
  declareTargetOptions,
  layerCache,
  openOptions,
  type TargetFlags,
} from './target-options.ts';

interface ExplainFlags extends TargetFlags, AdvisoryFlags, DecisionFlags {
  readonly in: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

export function declareExplainCommand(program: Command, finish: Finish): void {
  const command = program
    .command('explain')
    .argument('<id>', 'vulnerability id: CVE-2024-3094, GHSA-..., DSA-...')
    .description(
      'Tells what one vulnerability means in one artifact: how soon to act and why, where it is, by whose word.',
    )
    .requiredOption('--in <target>', 'image reference, archive, SBOM, directory or "host", as for scan')
    .option('--json', 'the findings with their receipts, for programs')
    .option('-v, --verbose', 'every reference, every step')
    .option('-q, --quiet', 'no progress');
  declareTargetOptions(command);
  declareAdvisoryOptions(command);
  declareDecisionOptions(command);
  command.action(async (id: string, flags: ExplainFlags) => finish(await runExplain(id, flags)));
}

async function runExplain(id: string, flags: ExplainFlags): Promise<ExitCode> {
  const progress = progressView(process.stderr, { quiet: flags.quiet === true, verbose: flags.verbose === true });
  const done = await scan({
    target: flags.in,
    open: await openOptions(flags),
    cache: layerCache(flags),
    ...(flags.packageTypes && { packageTypes: flags.packageTypes }),
    advisories: advisoryPolicy(flags),
    includeKernelHeaders: true,
    decisions: await decisionPolicy(flags, flags.in),
    context: priorityContext(flags),
    signal: interruptSignal(),
    onProgress: progress.show,
  });
  progress.end();
  if (!done.ok) return reportFailure(done.error);
  await writeAll(process.stdout, flags.json ? [jsonOf(done.value, id)] : textOf(done.value, id, flags));
  const isAnswered = findingsNamed(done.value, id).length > 0 || done.value.assessment === 'complete';
  return isAnswered ? exitCodes.ok : exitCodes.notAssessed;
}

function textOf(report: ScanReport, id: string, flags: ExplainFlags): Iterable<string> {
  return renderExplanation(report, id, {
    color: wantsColor(process.stdout, process.env),
    width: process.stdout.columns || 100,
    verbose: flags.verbose === true,
  });
}

function jsonOf(report: ScanReport, id: string): string {
  const { artifact, assessment, sources } = report;
  const findings = findingsNamed(report, id).map((one) => ({ ...one, package: { ...one.package, files: undefined } }));
  return `${JSON.stringify({ artifact: artifact.name, assessment, sources, findings }, null, 2)}\n`;
}
