import type { Command } from 'commander';
import type { Finish } from '../../program.ts';
import { declareFindingsChanges } from './change.ts';
import { declareFindingsList, declareFindingsShow } from './read.ts';

export function declareFindingsCommands(program: Command, finish: Finish): void {
  const group = program
    .command('findings')
    .description('Findings of a server: list them, say who works on them, decide.');
  declareFindingsList(group, finish);
  declareFindingsShow(group, finish);
  declareFindingsChanges(group, finish);
  group.addHelpText('after', HELP);
}

const HELP = `
The server and the token are those of plimsoll login, PLIMSOLL_SERVER and PLIMSOLL_TOKEN, or options.

Examples:
  plimsoll findings list 'severity>=high is:open assignee:none'
  plimsoll findings show 0192f3a4-…
  plimsoll findings assign 0192f3a4-… --to me
  plimsoll findings decide 0192f3a4-… --as false-positive --reason 'the file is a test' --until 90d`;
