import type { Command } from 'commander';
import type { Finish } from '../../program.ts';
import { declareExplain } from './explain.ts';
import { declareFields } from './fields.ts';
import { declareLint } from './lint.ts';
import { declareList } from './list.ts';
import { declareMigrate } from './migrate.ts';
import { declareTest } from './test.ts';

export function declareRulesCommands(program: Command, finish: Finish): void {
  const group = program
    .command('rules')
    .description(
      "Rules for what containers do, in Falco's language: checks them, asks them about examples and recordings, says what they mean.",
    );
  declareLint(group, finish);
  declareTest(group, finish);
  declareExplain(group, finish);
  declareMigrate(group, finish);
  declareList(group, finish);
  declareFields(group, finish);
}
