import type { Command } from 'commander';
import { explainRule } from '#detection/index.ts';
import { nearestWords } from '#foundation/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { collect } from '../target-options.ts';
import { complain, print, readRules } from './files.ts';

export function declareExplain(group: Command, finish: Finish): void {
  group
    .command('explain')
    .argument('<name>', 'a rule or sequence, by its name')
    .description(
      'Says in plain words when a rule fires: checks, events, lists, techniques of MITRE ATT&CK, what to do.',
    )
    .option('-r, --rules <file>', 'a file or folder of rules; may be repeated', collect, [])
    .action(async (name: string, { rules }: { rules: string[] }) => finish(await runExplain(name, rules)));
}

async function runExplain(name: string, files: readonly string[]): Promise<ExitCode> {
  const read = await readRules(files, true);
  if (!read.ok) {
    complain([read.error]);
    return exitCodes.notAssessed;
  }
  const { set } = read.value;
  const names = [...set.loaded.rules, ...set.loaded.sequences].map((one) => one.name);
  const meant = names.find((one) => one.toLowerCase() === name.toLowerCase());
  const lines = meant === undefined ? undefined : explainRule(set, meant);
  if (lines === undefined) {
    const [near] = nearestWords(name, names, 6);
    complain([
      `there is no rule ${JSON.stringify(name)}${near === undefined ? '; "plimsoll rules list" names them' : `; did you mean ${JSON.stringify(near)}?`}`,
    ]);
    return exitCodes.usage;
  }
  print(lines);
  return exitCodes.ok;
}
