import type { Command } from 'commander';
import { printableLines } from '#foundation/index.ts';
import { isPolicy, lintPolicy, type PolicyLint } from '#policy/admission/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { collect } from '../target-options.ts';
import { complain, counted, describeFault, parseFormat, readObjects } from './files.ts';
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
  complain([...errors, ...kinds.errors]);
  const options = { catalog: kinds.catalog, ...(kubernetes !== undefined && { minor: kubernetes }) };
  const read = objects.filter(isPolicy).map((object) => lintPolicy(object, options));
  const lines = read.flatMap((one) => linesOf(one, kubernetes));
  const text = `${[...lines, summary(read, kinds.minor)].join('\n')}\n`;
  process.stdout.write(
    format === 'json' ? `${JSON.stringify({ policies: read, errors }, null, 2)}\n` : printableLines(text),
  );
  if (errors.length > 0 || kinds.errors.length > 0 || read.length === 0) return exitCodes.notAssessed;
  return read.some(({ faults }) => faults.length > 0) ? exitCodes.findings : exitCodes.ok;
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
