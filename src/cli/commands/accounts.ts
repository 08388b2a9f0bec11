import type { Command } from 'commander';
import { printable } from '#foundation/index.ts';
import { makeAdministratorLink, makeOwnLink } from '#server/index.ts';
import { listAccounts, type Query } from '#storage/index.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Finish } from '../program.ts';
import { addDataOptions, type DataFlags, withServerData } from '../server-data.ts';

export function declareAccountCommands(program: Command, finish: Finish): void {
  const command = program.command('accounts').description('Accounts of the server, for whoever has its data.');
  addDataOptions(command.command('list'))
    .description('People and machines that may use the server.')
    .action(async (flags: DataFlags) => finish(await withServerData(flags, list)));
  addDataOptions(command.command('link [name]'))
    .description(
      'Prints a link by which a person sets a new password, once, within a day; without a name for the first administrator.',
    )
    .option('--address <url>', 'where the server answers', 'http://127.0.0.1:7480')
    .action(async (name: string | undefined, flags: DataFlags & { readonly address: string }) =>
      finish(await withServerData(flags, (query) => link(query, name, flags.address))),
    );
}

const PAGE = 500;

async function list(query: Query): Promise<ExitCode> {
  let after: string | undefined;
  do {
    const page = await listAccounts(query, { after, limit: PAGE });
    for (const { kind, name, disabled, hasPassword, hasSecondFactor } of page) {
      const notes = [
        disabled && 'disabled',
        kind === 'person' && !hasPassword && 'without a password yet',
        hasSecondFactor && 'second factor',
      ].filter((note) => note !== false);
      process.stdout.write(`${kind.padEnd(8)} ${printable(name)}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}\n`);
    }
    after = page.length === PAGE ? page.at(-1)?.id : undefined;
  } while (after !== undefined);
  return exitCodes.ok;
}

async function link(query: Query, name: string | undefined, address: string): Promise<ExitCode> {
  const made =
    name === undefined
      ? await makeAdministratorLink(query, address, new Date())
      : await makeOwnLink(query, { name, address }, new Date());
  if (made.ok) process.stdout.write(`${made.value}\n`);
  else process.stderr.write(`plimsoll: ${printable(made.error)}\n`);
  return made.ok ? exitCodes.ok : exitCodes.notAssessed;
}
