import type { Command } from 'commander';
import { printableLines } from '#foundation/index.ts';
import { evaluateAdmission, type Verdict } from '#policy/admission/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { collect } from '../target-options.ts';
import { complain, counted, describeFault, parseFormat, readObjects, readPolicies } from './files.ts';

interface EvaluateFlags {
  readonly policy: readonly string[];
  readonly format: string;
  readonly verbose?: boolean;
}

export function declareEvaluate(group: Command, finish: Finish): void {
  group
    .command('eval')
    .argument('<manifests...>', 'files of Kubernetes objects, YAML or JSON')
    .description('Judges each object as if it were about to be created, and ends with 1 when one would be denied.')
    .requiredOption('-p, --policy <file>', 'policies, their bindings and parameters; may be repeated', collect, [])
    .option('-f, --format <format>', 'text or json', parseFormat, 'text')
    .option('-v, --verbose', 'also what passed and what was not asked')
    .action(async (files: string[], flags: EvaluateFlags) => finish(await runEvaluate(files, flags)));
}

async function runEvaluate(files: readonly string[], flags: EvaluateFlags): Promise<ExitCode> {
  const { set, faults, errors } = await readPolicies(flags.policy);
  const none =
    set.policies.length === 0 ? ['there is no ValidatingAdmissionPolicy in the files given with --policy'] : [];
  const refused = [...errors, ...faults.map(describeFault), ...none];
  complain(refused);
  if (refused.length > 0) return exitCodes.usage;
  const { objects, errors: unread } = await readObjects(files);
  complain(unread);
  const verdicts = [...evaluateAdmission(set, objects)];
  if (flags.format === 'json') process.stdout.write(`${JSON.stringify({ verdicts, unread }, null, 2)}\n`);
  else process.stdout.write(printableLines(`${textOf(verdicts, flags.verbose === true).join('\n')}\n`));
  if (verdicts.some(isDenied)) return exitCodes.findings;
  return unread.length > 0 || verdicts.length === 0 ? exitCodes.notAssessed : exitCodes.ok;
}

function isDenied({ outcome, actions }: Verdict): boolean {
  return outcome === 'failed' && actions.includes('Deny');
}

const WORDS = { passed: 'pass', failed: 'fail', skipped: 'skip', ignored: 'error' } as const;

function textOf(verdicts: readonly Verdict[], isVerbose: boolean): string[] {
  const shown = verdicts.filter(({ outcome }) => isVerbose || outcome === 'failed' || outcome === 'ignored');
  return [...shown.flatMap(linesOf), summary(verdicts)];
}

function linesOf(verdict: Verdict): string[] {
  const { policy, binding, object, place, outcome, actions, failures, annotations } = verdict;
  const word = outcome === 'failed' ? (actions[0]?.toLowerCase() ?? 'fail') : WORDS[outcome];
  return [
    `${word.padEnd(5)} ${object}  ${policy}${binding === undefined ? '' : ` by ${binding}`}  ${place}`,
    ...failures.flatMap((failure) => [
      `      ${failure.message}`,
      ...(failure.place === undefined ? [] : [`      ${failure.place}: ${oneLine(failure.expression)}`]),
    ]),
    ...Object.entries(annotations).map(([name, value]) => `      ${name}: ${value}`),
  ];
}

const MAX_SHOWN = 160;

function oneLine(expression: string): string {
  const text = expression.replace(/\s+/g, ' ').trim();
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function summary(verdicts: readonly Verdict[]): string {
  const count = (outcome: Verdict['outcome']): number => verdicts.filter((one) => one.outcome === outcome).length;
  const objects = new Set(verdicts.map(({ place }) => place)).size;
  const denied = verdicts.filter(isDenied).length;
  return (
    `${counted(objects, 'object', 'objects')}: ${count('passed')} passed, ${count('failed')} failed (${denied} denied), ` +
    `${count('ignored')} errors let pass, ${count('skipped')} not asked`
  );
}
