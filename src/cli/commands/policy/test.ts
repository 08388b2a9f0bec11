import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { printableLines } from '#foundation/index.ts';
import { type PolicyTest, testPolicies } from '#policy/examples/index.ts';
import { policyPacks } from '#policy/packs/index.ts';
import { xmlText } from '#reporters/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { complain, counted } from './files.ts';

interface TestFlags {
  readonly json?: boolean;
  readonly junit?: string;
  readonly verbose?: boolean;
}

export function declareTest(group: Command, finish: Finish): void {
  group
    .command('test')
    .argument('[packs or directories...]', 'default: every pack that the program brings')
    .description('Asks each policy about its own examples: ends with 1 when one comes out otherwise than it is called.')
    .option('--json', 'machine-readable result')
    .option('--junit <file>', 'write the result as JUnit XML too')
    .option('-v, --verbose', 'name examples that came out right')
    .action(async (words: string[], flags: TestFlags) => finish(await runTest(words, flags)));
}

async function runTest(words: readonly string[], flags: TestFlags): Promise<ExitCode> {
  const tests = await testPolicies(words.length > 0 ? words : policyPacks.map(({ id }) => id));
  if (!tests.ok) {
    complain([tests.error]);
    return exitCodes.usage;
  }
  if (flags.junit !== undefined) await writeFile(flags.junit, junitOf(tests.value));
  const text = flags.json ? JSON.stringify({ policies: tests.value }, null, 2) : textOf(tests.value, flags).join('\n');
  process.stdout.write(`${flags.json ? text : printableLines(text)}\n`);
  return exitCodeOf(tests.value);
}

/** A policy without examples of both sorts, or that cannot be asked, was not tested. */
function exitCodeOf(tests: readonly PolicyTest[]): ExitCode {
  if (tests.some(({ examples }) => examples.some(({ fault }) => fault !== undefined))) return exitCodes.findings;
  return tests.some(({ faults }) => faults.length > 0) ? exitCodes.notAssessed : exitCodes.ok;
}

function textOf(tests: readonly PolicyTest[], { verbose }: TestFlags): string[] {
  const examples = tests.flatMap((one) => one.examples);
  const wrong = examples.filter(({ fault }) => fault !== undefined).length;
  const untested = tests.filter(({ faults }) => faults.length > 0).length;
  return [
    ...tests.flatMap((one) => linesOf(one, verbose === true)),
    `${counted(tests.length, 'policy', 'policies')}, ${counted(examples.length, 'example', 'examples')}: ` +
      `${wrong} came out wrong, ${counted(untested, 'policy', 'policies')} not tested`,
  ];
}

function linesOf({ id, examples, faults }: PolicyTest, isVerbose: boolean): string[] {
  const isRight = examples.every(({ fault }) => fault === undefined);
  const word = isRight ? (faults.length > 0 ? '????' : 'ok  ') : 'FAIL';
  const shown = examples.filter(({ fault }) => isVerbose || fault !== undefined);
  return [
    `${word} ${id} (${counted(examples.length, 'example', 'examples')})`,
    ...faults.map((fault) => `       ${fault}`),
    ...shown.map(({ example, fault }) => `       ${example}${fault === undefined ? '' : `: ${fault}`}`),
  ];
}

/** https://github.com/testmoapp/junitxml */
function junitOf(tests: readonly PolicyTest[]): string {
  const suites = tests.map(({ id, examples, faults }) => {
    const wrong = examples.filter(({ fault }) => fault !== undefined).length;
    const cases = [
      ...examples.map(({ example, fault }) => junitCase(id, example, 'failure', fault)),
      ...faults.map((fault) => junitCase(id, 'policy', 'error', fault)),
    ];
    const counts = `tests="${cases.length}" failures="${wrong}" errors="${faults.length}"`;
    return `  <testsuite name="${xmlText(id)}" ${counts}>\n${cases.join('\n')}\n  </testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

function junitCase(policy: string, name: string, element: string, fault: string | undefined): string {
  const head = `    <testcase classname="${xmlText(policy)}" name="${xmlText(name)}"`;
  return fault === undefined ? `${head}/>` : `${head}><${element} message="${xmlText(fault)}"/></testcase>`;
}
