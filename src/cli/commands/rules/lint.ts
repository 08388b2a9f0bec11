import type { Command } from 'commander';
import { describeFault } from '#detection/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { complain, counted, print, readRules } from './files.ts';

interface LintFlags {
  readonly strict?: boolean;
  readonly json?: boolean;
}

export function declareLint(group: Command, finish: Finish): void {
  group
    .command('lint')
    .argument('<files...>', 'files or folders of rules, in the order in which they are loaded')
    .description(
      'Reads rules, checks names, types and outputs, and shows what is wrong where it stands. Ends with 1 for an error.',
    )
    .option('--strict', 'end with 1 for a warning too')
    .option('--json', 'machine-readable result')
    .action(async (files: string[], flags: LintFlags) => finish(await runLint(files, flags)));
}

async function runLint(files: readonly string[], { strict, json }: LintFlags): Promise<ExitCode> {
  const read = await readRules(files, false);
  if (!read.ok) {
    complain([read.error]);
    return exitCodes.notAssessed;
  }
  const { loaded, compiled, faults } = read.value.set;
  const errors = faults.filter(({ level }) => level === 'error').length;
  const ready = compiled.syscall.rules.length + compiled.audit.rules.length;
  if (json)
    process.stdout.write(`${JSON.stringify({ rules: ready, sequences: loaded.sequences.length, faults }, null, 2)}\n`);
  else {
    const summary =
      `${counted(ready, 'rule', 'rules')}, ${counted(loaded.sequences.length, 'sequence', 'sequences')}, ${counted(loaded.macros.size, 'macro', 'macros')}, ` +
      `${counted(loaded.lists.size, 'list', 'lists')}: ${counted(errors, 'error', 'errors')}, ${counted(faults.length - errors, 'warning', 'warnings')}`;
    print([...faults.map(describeFault), summary]);
  }
  return errors > 0 || (strict === true && faults.length > 0) ? exitCodes.findings : exitCodes.ok;
}
