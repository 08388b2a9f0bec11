import type { Command } from 'commander';
import { attackOf } from '#detection/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { complain, print, readRules } from './files.ts';

interface ListFlags {
  readonly json?: boolean;
}

export function declareList(group: Command, finish: Finish): void {
  group
    .command('list')
    .argument('[files...]', 'files or folders of rules; default: the rules that come with the program')
    .description('Lists rules and sequences: priority, techniques of MITRE ATT&CK, name.')
    .option('--json', 'machine-readable result')
    .action(async (files: string[], flags: ListFlags) => finish(await runList(files, flags)));
}

async function runList(files: readonly string[], { json }: ListFlags): Promise<ExitCode> {
  const read = await readRules(files, false);
  if (!read.ok) {
    complain([read.error]);
    return exitCodes.notAssessed;
  }
  const { rules, sequences } = read.value.set.loaded;
  const listed = [...rules, ...sequences].map((one) => ({
    name: one.name,
    kind: 'steps' in one ? 'sequence' : 'rule',
    priority: one.priority,
    source: one.source,
    enabled: one.enabled,
    attack: attackOf(one),
    tags: one.tags,
    file: one.file.name,
    description: one.description,
  }));
  if (json) process.stdout.write(`${JSON.stringify({ rules: listed }, null, 2)}\n`);
  else
    print(
      listed.map(
        ({ name, kind, priority, enabled, attack }) =>
          `${enabled ? 'on ' : 'off'} ${priority.padEnd(13)} ${attack.join(' ').padEnd(20)} ${name}${kind === 'sequence' ? ' (sequence)' : ''}`,
      ),
    );
  return exitCodes.ok;
}
