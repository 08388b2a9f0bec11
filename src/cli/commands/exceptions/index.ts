import type { Command } from 'commander';
import type { Finish } from '../../program.ts';
import { declareExceptionFiles } from './files.ts';
import { declareServerExceptions } from './server.ts';

export function declareExceptionCommands(program: Command, finish: Finish): void {
  const group = program
    .command('exceptions')
    .description(
      'What was decided about findings: in files of this directory (list, check, add; docs/reference/exceptions.md) and on a server (list --server, request, approve, reject, revoke).',
    );
  declareExceptionFiles(group, finish);
  declareServerExceptions(group, finish);
}
