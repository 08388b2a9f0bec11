import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { err, printableLines, type Result } from '#foundation/index.ts';
import {
  type AdmissionSet,
  evaluateAdmission,
  isBinding,
  isPolicy,
  type ManifestObject,
  type PolicyFault,
  readBinding,
  readManifest,
  readPolicy,
  type Verdict,
} from '#policy/admission/index.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Finish } from '../program.ts';
import { collect } from './target-options.ts';

interface EvaluateFlags {
  readonly policy: readonly string[];
  readonly format: string;
  readonly verbose?: boolean;
}

export function declarePolicyCommands(program: Command, finish: Finish): void {
  const group = program
    .command('policy')
    .description('ValidatingAdmissionPolicy with CEL, without a cluster: judges manifests by it, checks what it says.');
  group
    .command('eval')
    .argument('<manifests...>', 'files of Kubernetes objects, YAML or JSON')
    .description('Judges each object as if it were about to be created, and ends with 1 when one would be denied.')
    .requiredOption('-p, --policy <file>', 'policies, their bindings and parameters; may be repeated', collect, [])
    .option('-f, --format <format>', 'text or json', parseFormat, 'text')
    .option('-v, --verbose', 'also what passed and what was not asked')
    .action(async (files: string[], flags: EvaluateFlags) => finish(await runEvaluate(files, flags)));
  group
    .command('lint')
    .argument('<files...>', 'files of policies')
    .description('Reads policies, checks the types in their expressions, and ends with 1 when one has a fault.')
    .action(async (files: string[]) => finish(await runLint(files)));
}

function parseFormat(text: string): string {
  if (text !== 'text' && text !== 'json') throw new InvalidArgumentError('Choose among text, json.');
  return text;
}

async function readObjects(files: readonly string[]): Promise<{ objects: ManifestObject[]; errors: string[] }> {
  const objects: ManifestObject[] = [];
  const errors: string[] = [];
  for (const file of files) {
    const read = await readOne(file);
    if (read.ok) objects.push(...read.value);
    else errors.push(read.error);
  }
  return { objects, errors };
}

async function readOne(file: string): Promise<Result<readonly ManifestObject[]>> {
  try {
    return readManifest(await readFile(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return err(`${file} cannot be read: ${error.message}`);
    throw error;
  }
}

interface PolicyFiles {
  readonly set: AdmissionSet;
  readonly faults: readonly PolicyFault[];
  readonly errors: readonly string[];
}

async function readPolicies(files: readonly string[]): Promise<PolicyFiles> {
  const { objects, errors } = await readObjects(files);
  const read = objects.filter(isPolicy).map(readPolicy);
  const set: AdmissionSet = {
    policies: read.map(({ policy }) => policy),
    bindings: objects.filter(isBinding).map(readBinding),
    parameters: objects.filter((object) => !isPolicy(object) && !isBinding(object)),
  };
  return { set, faults: read.flatMap(({ faults }) => faults), errors };
}

function complain(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`plimsoll: ${printableLines(line)}\n`);
}

function describeFault({ policy, place, message, fault }: PolicyFault): string {
  const where = fault === undefined ? '' : ` (line ${fault.line}, column ${fault.column} of the expression)`;
  const excerpt = fault === undefined ? '' : `\n    ${fault.excerpt.replaceAll('\n', '\n    ')}`;
  return `${place}: ${policy}: ${message}${where}${excerpt}`;
}

async function runLint(files: readonly string[]): Promise<ExitCode> {
  const { set, faults, errors } = await readPolicies(files);
  complain(errors);
  for (const fault of faults) process.stdout.write(`${printableLines(describeFault(fault))}\n`);
  const broken = new Set(faults.map(({ policy }) => policy)).size;
  process.stdout.write(`${counted(set.policies.length, 'policy', 'policies')} read, ${broken} with faults\n`);
  if (errors.length > 0 || set.policies.length === 0) return exitCodes.notAssessed;
  return faults.length > 0 ? exitCodes.findings : exitCodes.ok;
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

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
