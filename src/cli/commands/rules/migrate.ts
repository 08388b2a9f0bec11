import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { migrateRules, unifiedDifference } from '#detection/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { readRuleFiles } from '../watch/rule-files.ts';
import { complain, counted, print } from './files.ts';

interface MigrateFlags {
  readonly write?: boolean;
}

export function declareMigrate(group: Command, finish: Finish): void {
  group
    .command('migrate')
    .argument('<files...>', 'files or folders of rules')
    .description(
      'Rewrites what is deprecated and shows the difference; all else stays as it is. Ends with 1 when there is something to rewrite.',
    )
    .option('--write', 'change the files')
    .action(async (files: string[], flags: MigrateFlags) => finish(await runMigrate(files, flags)));
}

async function runMigrate(paths: readonly string[], { write }: MigrateFlags): Promise<ExitCode> {
  const files = await readRuleFiles(paths);
  if (!files.ok) {
    complain([files.error]);
    return exitCodes.notAssessed;
  }
  let changed = 0;
  for (const { name, text } of files.value) {
    const migration = migrateRules(name, text);
    if (migration.changes.length === 0) continue;
    changed += migration.changes.length;
    print([
      unifiedDifference(name, text, migration.text),
      ...migration.changes.map(({ line, why }) => `# line ${line}: ${why}`),
    ]);
    if (write) await writeFile(name, migration.text);
  }
  print([
    `${counted(changed, 'change', 'changes')} in ${counted(files.value.length, 'file', 'files')}${write && changed > 0 ? ', written' : ''}`,
  ]);
  return changed > 0 && !write ? exitCodes.findings : exitCodes.ok;
}
