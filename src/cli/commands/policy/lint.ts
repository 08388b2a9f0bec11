import type { Command } from 'commander';
import { printableLines } from '#foundation/index.ts';
import { type BindingLint, isPolicy, lintBindings, lintPolicy, type PolicyLint } from '#policy/admission/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { collect } from '../target-options.ts';
import { complain, counted, describeFault, notEvaluated, parseFormat, readObjects } from './files.ts';
import { parseKubernetes, readKinds } from './kubernetes.ts';

interface LintFlags {
  readonly kubernetes?: number;
  readonly crd: readonly string[];
  readonly format: string;
}

export function declareLint(group: Command, finish: Finish): void {
  group
    .command('lint')
    .argument('<files...>', 'files of policies')
    .description('Reads policies, checks the types in their expressions, and ends with 1 when one has a fault.')
    .option('--kubernetes <version>', 'the version that they are meant for, such as 1.30', parseKubernetes)
    .option('--crd <file>', 'definitions of custom resources; may be repeated', collect, [])
    .option('-f, --format <format>', 'text or json', parseFormat, 'text')
    .action(async (files: string[], flags: LintFlags) => finish(await runLint(files, flags)));
}

async function runLint(files: readonly string[], { kubernetes, crd, format }: LintFlags): Promise<ExitCode> {
  const { objects, errors } = await readObjects(files);
  const kinds = await readKinds(kubernetes, crd);
  const unread = [...errors, ...kinds.errors, ...notEvaluated(objects)];
  complain(unread);
  const options = { catalog: kinds.catalog, ...(kubernetes !== undefined && { minor: kubernetes }) };
  const policies = objects.filter(isPolicy).map((object) => lintPolicy(object, options));
  const bindings = lintBindings(objects);
  if (format === 'json') process.stdout.write(`${JSON.stringify({ policies, bindings, unread }, null, 2)}\n`);
  else {
    const lines = [...policies.flatMap((one) => linesOf(one, kubernetes)), ...bindings.flatMap(linesOfBinding)];
    process.stdout.write(printableLines(`${[...lines, summary(policies, kinds.minor)].join('\n')}\n`));
  }
  if (unread.length > 0 || policies.length + bindings.length === 0) return exitCodes.notAssessed;
  return [...policies, ...bindings].some(({ faults }) => faults.length > 0) ? exitCodes.findings : exitCodes.ok;
}

function linesOfBinding({ faults, notes }: BindingLint): string[] {
  return [...faults.map(describeFault), ...notes.map((note) => `note: ${describeFault(note)}`)];
}

function linesOf({ policy, place, faults, notes, minimum, reason, types }: PolicyLint, target?: number): string[] {
  const about = `${place}: ${policy}: `;
  const needs = minimum === undefined || target !== undefined ? [] : [`needs Kubernetes 1.${minimum} for ${reason}`];
  const unchecked = types.unchecked.map((why) => `not type checked: ${why}`);
  return [
    ...faults.map(describeFault),
    ...notes.map((note) => `note: ${describeFault(note)}`),
    ...[...needs, ...unchecked].map((words) => `note: ${about}${words}`),
  ];
}

function summary(read: readonly PolicyLint[], minor: number): string {
  const broken = read.filter(({ faults }) => faults.length > 0).length;
  const kinds = new Set(read.flatMap(({ types }) => types.checked)).size;
  return (
    `${counted(read.length, 'policy', 'policies')} read, ${broken} with faults; ` +
    `types checked for ${counted(kinds, 'kind', 'kinds')} of Kubernetes 1.${minor}`
  );
}
