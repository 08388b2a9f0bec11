import type { Command } from 'commander';
import { type RuleTest, testRules } from '#detection/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { collect } from '../target-options.ts';
import { complain, counted, print, readRules } from './files.ts';
import { expectRecording } from './recording.ts';

interface TestFlags {
  readonly events?: string;
  readonly expect: readonly string[];
  readonly forbid: readonly string[];
  readonly verbose?: boolean;
  readonly json?: boolean;
}

export function declareTest(group: Command, finish: Finish): void {
  group
    .command('test')
    .argument('[files...]', 'files or folders of rules; default: the rules that come with the program')
    .description(
      'Asks each rule about its own examples, or all rules about a recording. Ends with 1 when one answers otherwise than it should.',
    )
    .option('--events <recording>', 'a recording of "plimsoll watch --record" to ask the rules about')
    .option('--expect <rule>', 'with --events: this rule must fire; may be repeated', collect, [])
    .option('--forbid <rule>', 'with --events: this rule must not fire; may be repeated', collect, [])
    .option('--json', 'machine-readable result')
    .option('-v, --verbose', 'name examples that came out right')
    .action(async (files: string[], flags: TestFlags) => finish(await runTest(files, flags)));
}

async function runTest(files: readonly string[], flags: TestFlags): Promise<ExitCode> {
  const read = await readRules(files, false);
  if (!read.ok) {
    complain([read.error]);
    return exitCodes.notAssessed;
  }
  const { set } = read.value;
  const broken = set.faults.filter(({ level }) => level === 'error');
  if (broken.length > 0)
    complain([`${counted(broken.length, 'error', 'errors')} in the rules: "plimsoll rules lint" shows them`]);
  if (flags.events !== undefined) return expectRecording(set, { ...flags, events: flags.events });
  const tests = testRules(set);
  if (flags.json)
    process.stdout.write(
      `${JSON.stringify({ rules: tests.map(({ rule, examples, fault }) => ({ rule, examples, fault })) }, null, 2)}\n`,
    );
  else print(linesOf(tests, flags.verbose === true));
  if (tests.some(({ fault, examples }) => fault !== undefined || examples.some((one) => one.fault !== undefined)))
    return exitCodes.findings;
  return broken.length > 0 || tests.length === 0 ? exitCodes.notAssessed : exitCodes.ok;
}

function linesOf(tests: readonly RuleTest[], isVerbose: boolean): string[] {
  const examples = tests.flatMap((one) => one.examples);
  const wrong = examples.filter(({ fault }) => fault !== undefined).length;
  const untested = tests.filter((one) => one.examples.length === 0).length;
  return [
    ...tests.flatMap((one) => ruleLines(one, isVerbose)),
    `${counted(tests.length, 'rule', 'rules')}, ${counted(examples.length, 'example', 'examples')}: ${wrong} came out wrong, ${counted(untested, 'rule', 'rules')} without examples`,
  ];
}

function ruleLines({ rule, examples, fault }: RuleTest, isVerbose: boolean): string[] {
  const isRight = fault === undefined && examples.every((one) => one.fault === undefined);
  if (isRight && !isVerbose) return [];
  const word = examples.length === 0 && fault === undefined ? '????' : isRight ? 'ok  ' : 'FAIL';
  const shown = examples.filter((one) => isVerbose || one.fault !== undefined);
  return [
    `${word} ${rule}`,
    ...(fault === undefined ? [] : [`       ${fault}`]),
    ...shown.map(
      (one) =>
        `       ${one.fires ? 'fires    ' : 'is silent'} ${one.title}${one.fault === undefined ? '' : `: ${one.fault}`}`,
    ),
  ];
}
