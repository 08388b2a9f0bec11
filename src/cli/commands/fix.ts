import { basename, dirname } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { checks } from '#checks/index.ts';
import type { Severity } from '#model/index.ts';
import { planFixes, planFormats } from '#remedy/index.ts';
import { type ScanReport, type ScanRequest, scan } from '#scan/index.ts';
import { type ExitCode, exitCodes, reportFailure } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import type { Finish } from '../program.ts';
import { progressView } from '../progress.ts';
import { wantsColor, writeAll } from '../terminal.ts';
import { type DecisionFlags, decisionPolicy, declareDecisionOptions, priorityContext } from './decision-options.ts';
import { fixFiles } from './fix-files.ts';
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

interface FixFlags extends TargetFlags, AdvisoryFlags, DecisionFlags {
  readonly plan?: boolean;
  readonly format: string;
  readonly yes?: boolean;
  readonly only: readonly string[];
  readonly severity?: readonly Severity[];
  readonly overrides?: boolean;
  readonly breaking?: boolean;
  readonly undoFile?: string;
  readonly dockerfile?: string;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

export function declareFixCommand(program: Command, finish: Finish): void {
  const command = program
    .command('fix')
    .argument('<target>', 'directory, image reference, archive, SBOM or "host", as for scan')
    .description('Says what to change to be rid of the most with the least, and makes the edits that are safe.')
    .option('--plan', 'only say what to do; change nothing')
    .option('-f, --format <format>', `of the plan: ${planFormats.map(({ id }) => id).join(', ')}`, parseFormat, 'table')
    .option('-y, --yes', 'write the edits without asking; their diff is shown all the same')
    .option(
      '--only <what>',
      'only steps about this vulnerability, package, check, file or kind (vulnerability, misconfiguration); may be repeated',
      collect,
      [],
    )
    .option('-s, --severity <list>', 'only steps whose worst is one of these, e.g. critical,high', parseSeverities)
    .option('--breaking', 'also edits that something may miss: versions with another interface, rights taken away')
    .option('--overrides', 'npm: force fixed versions on dependants that do not allow them')
    .option('--dockerfile <file>', 'what the scanned image is built from, to be edited')
    .option('--undo-file <file>', 'write a patch that takes the edits back')
    .option('-v, --verbose', 'every step')
    .option('-q, --quiet', 'no progress');
  declareTargetOptions(command);
  declareAdvisoryOptions(command);
  declareDecisionOptions(command);
  command.action(async (target: string, flags: FixFlags) => finish(await runFix(target, flags)));
}

async function runFix(target: string, flags: FixFlags): Promise<ExitCode> {
  const progress = progressView(process.stderr, { quiet: flags.quiet === true, verbose: flags.verbose === true });
  const request: ScanRequest = {
    target,
    open: await openOptions(flags),
    cache: layerCache(flags),
    advisories: isAboutConfiguration(flags.only) ? 'none' : advisoryPolicy(flags),
    includeKernelHeaders: false,
    search: { checks: { today: new Date().toISOString() } },
    decisions: await decisionPolicy(flags, target),
    context: priorityContext(flags),
    signal: interruptSignal(),
    onProgress: progress.show,
  };
  const done = await scan(request);
  progress.end();
  if (!done.ok) return reportFailure(done.error);
  const place = flags.plan === true ? undefined : placeOf(done.value, flags);
  if (place === undefined) return showPlan(done.value, flags);
  const { only, severity = [], overrides = false, breaking = false, yes = false, undoFile } = flags;
  const undo = undoFile === undefined ? {} : { undoFile };
  const choices = { only, severities: severity, overrides, breaking, yes, offline: flags.offline === true, ...undo };
  return fixFiles({ ...place, ...choices, report: done.value, request });
}

/** Nothing need be known about vulnerabilities then. */
function isAboutConfiguration(only: readonly string[]): boolean {
  const ids = new Set(checks.map(({ id }) => id));
  const isOne = (word: string) => word === 'misconfiguration' || ids.has(word.replace(/@.*$/s, ''));
  return only.length > 0 && only.every(isOne);
}

/** Where files may be edited: in a directory of sources, or what an image is built from where the user says so. */
function placeOf(
  { artifact }: ScanReport,
  { dockerfile }: FixFlags,
): { root: string; dockerfile?: string } | undefined {
  const isDirectory = artifact.kind === 'tree' && artifact.scheme === 'directory';
  if (isDirectory) return { root: artifact.name };
  return dockerfile === undefined ? undefined : { root: dirname(dockerfile), dockerfile: basename(dockerfile) };
}

async function showPlan(report: ScanReport, flags: FixFlags): Promise<ExitCode> {
  const plan = planFixes(report);
  const format = planFormats.find(({ id }) => id === flags.format);
  await writeAll(process.stdout, format?.render(plan, { color: wantsColor(process.stdout, process.env) }) ?? []);
  return plan.assessment === 'complete' ? exitCodes.ok : exitCodes.notAssessed;
}

function parseFormat(text: string): string {
  const known = planFormats.map(({ id }) => id);
  if (!known.includes(text)) throw new InvalidArgumentError(`Choose among ${known.join(', ')}.`);
  return text;
}
