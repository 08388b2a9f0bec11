import type { Command } from 'commander';
import { printableLines } from '#foundation/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { complain, counted, describeFault, readPolicies } from './files.ts';

export function declareLint(group: Command, finish: Finish): void {
  group
    .command('lint')
    .argument('<files...>', 'files of policies')
    .description('Reads policies, checks the types in their expressions, and ends with 1 when one has a fault.')
    .action(async (files: string[]) => finish(await runLint(files)));
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
