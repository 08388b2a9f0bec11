import type { Command } from 'commander';
import type { Finish } from '../../program.ts';
import { declareEvaluate } from './eval.ts';
import { declareLint } from './lint.ts';
import { declareList } from './list.ts';
import { declareShow } from './show.ts';
import { declareTest } from './test.ts';

export function declarePolicyCommands(program: Command, finish: Finish): void {
  const group = program
    .command('policy')
    .description('ValidatingAdmissionPolicy with CEL, without a cluster: judges manifests by it, checks what it says.');
  declareEvaluate(group, finish);
  declareLint(group, finish);
  declareTest(group, finish);
  declareList(group, finish);
  declareShow(group, finish);
}
