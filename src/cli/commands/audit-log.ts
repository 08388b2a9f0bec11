import type { Command } from 'commander';
import { verifyAudit } from '#storage/index.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Finish } from '../program.ts';
import { addDataOptions, type DataFlags, withServerData } from '../server-data.ts';

export function declareAuditLogCommands(program: Command, finish: Finish): void {
  const command = program.command('audit-log').description('The audit log of the server: who changed what.');
  addDataOptions(command.command('verify'))
    .description('Goes through the whole log and says whether every entry is as it was written (1 when one is not).')
    .action(async (flags: DataFlags) =>
      finish(
        await withServerData(flags, async (query) => {
          const { entries, brokenAt } = await verifyAudit(query);
          if (brokenAt === undefined) {
            process.stdout.write(`All ${entries} entries are as they were written.\n`);
            return exitCodes.ok;
          }
          process.stdout.write(
            `Entry ${brokenAt} was altered, or the one before it was taken out; ${entries} are good.\n`,
          );
          return exitCodes.findings;
        }),
      ),
    );
}
