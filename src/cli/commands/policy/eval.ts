import { type Command, InvalidArgumentError } from 'commander';
import { printableLines } from '#foundation/index.ts';
import {
  type AdmissionOptions,
  authorizeByRoles,
  evaluateAdmission,
  isPolicy,
  missingFrom,
  type Operation,
  unjudgeable,
  type Verdict,
} from '#policy/admission/index.ts';
import { type LoadedPolicies, loadPolicies } from '#policy/packs/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { collect } from '../target-options.ts';
import { complain, counted, describeFault, notEvaluated, parseFormat, readObjects } from './files.ts';
import { parseKubernetes, readKinds } from './kubernetes.ts';

interface EvaluateFlags {
  readonly policy: readonly string[];
  readonly kubernetes?: number;
  readonly crd: readonly string[];
  readonly operation?: Operation;
  readonly old: readonly string[];
  readonly subresource?: string;
  readonly user?: string;
  readonly group: readonly string[];
  readonly dryRun?: boolean;
  readonly format: string;
  readonly verbose?: boolean;
}

export function declareEvaluate(group: Command, finish: Finish): void {
  group
    .command('eval')
    .argument('<manifests...>', 'files of Kubernetes objects, YAML or JSON')
    .description('Judges each object as if it were sent to an API server, and ends with 1 when one would be denied.')
    .requiredOption(
      '-p, --policy <pack|file|dir>',
      'policies, their bindings and parameters; may be repeated',
      collect,
      [],
    )
    .option('--kubernetes <version>', 'refuses policies that this version would refuse: 1.30', parseKubernetes)
    .option('--crd <file>', 'definitions of custom resources; may be repeated', collect, [])
    .option('--operation <operation>', 'create, update, delete or connect', parseOperation)
    .option('--old <file>', 'what the objects are before an update; may be repeated', collect, [])
    .option('--subresource <name>', 'the part of the objects that is meant, such as status')
    .option('--user <name>', 'who makes the request')
    .option('--group <name>', 'a group of the user; may be repeated', collect, [])
    .option('--dry-run', 'the request is a dry run')
    .option('-f, --format <format>', 'text or json', parseFormat, 'text')
    .option('-v, --verbose', 'also what passed and what was not asked')
    .action(async (files: string[], flags: EvaluateFlags) => finish(await runEvaluate(files, flags)));
}

function parseOperation(text: string): Operation {
  const known: readonly Operation[] = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'];
  const operation = known.find((one) => one === text.toUpperCase());
  if (operation === undefined) throw new InvalidArgumentError('Choose among create, update, delete, connect.');
  return operation;
}

async function runEvaluate(files: readonly string[], flags: EvaluateFlags): Promise<ExitCode> {
  const policies = await loadPolicies(flags.policy);
  const kinds = await readKinds(flags.kubernetes, flags.crd);
  const refused = [...refusals(policies, flags.kubernetes), ...kinds.errors];
  complain(refused);
  if (refused.length > 0) return exitCodes.usage;
  const read = await readObjects(files);
  const old = await readObjects(flags.old);
  const options: AdmissionOptions = {
    ...requestOptions(flags),
    catalog: kinds.catalog,
    oldObjects: old.objects,
    authorize: authorizeByRoles([...read.objects, ...policies.objects]),
  };
  const unread = [
    ...read.errors,
    ...old.errors,
    ...notEvaluated(policies.objects),
    ...unjudgeable(read.objects, options),
  ];
  complain(unread);
  const verdicts = [...evaluateAdmission(policies.set, read.objects, options)];
  if (flags.format === 'json') process.stdout.write(`${JSON.stringify({ verdicts, unread }, null, 2)}\n`);
  else process.stdout.write(printableLines(`${textOf(verdicts, flags.verbose === true).join('\n')}\n`));
  if (verdicts.some(isDenied)) return exitCodes.findings;
  return unread.length > 0 || verdicts.length === 0 ? exitCodes.notAssessed : exitCodes.ok;
}

/** Why the policies cannot be used. */
function refusals({ set, objects, faults, errors }: LoadedPolicies, minor: number | undefined): string[] {
  const missing = minor === undefined ? [] : objects.filter(isPolicy).flatMap((object) => missingFrom(object, minor));
  const none = 'there is no ValidatingAdmissionPolicy in the files given with --policy';
  const isEmpty = set.policies.length === 0;
  return [...errors, ...[...faults, ...missing].map(describeFault), ...(isEmpty ? [none] : [])];
}

function requestOptions(flags: EvaluateFlags): AdmissionOptions {
  const { operation, subresource, user, group, dryRun } = flags;
  return {
    ...(operation !== undefined && { operation }),
    ...(subresource !== undefined && { subresource }),
    user: { name: user ?? '', groups: group },
    isDryRun: dryRun === true,
  };
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
  const { policy, binding, object, place, outcome, actions, failures, annotations, note } = verdict;
  const word = outcome === 'failed' ? (actions[0]?.toLowerCase() ?? 'fail') : WORDS[outcome];
  return [
    `${word.padEnd(5)} ${object}  ${policy}${binding === undefined ? '' : ` by ${binding}`}  ${place}`,
    ...failures.flatMap((failure) => [
      `      ${failure.message}`,
      ...(failure.place === undefined ? [] : [`      ${failure.place}: ${oneLine(failure.expression)}`]),
    ]),
    ...Object.entries(annotations).map(([name, value]) => `      ${name}: ${value}`),
    ...(note === undefined ? [] : [`      note: ${note}`]),
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
