import type { Command } from 'commander';
import { printableLines } from '#foundation/index.ts';
import { loadPolicies, type PolicyDescription, packedPolicies, policyPacks } from '#policy/packs/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';

interface ListFlags {
  readonly json?: boolean;
}

export function declareList(group: Command, finish: Finish): void {
  group
    .command('list')
    .description('Lists the packs of policies that the program brings, and what is in them.')
    .option('--json', 'machine-readable result')
    .action(async (flags: ListFlags) => finish(await runList(flags)));
}

interface ListedPack {
  readonly id: string;
  readonly title: string;
  readonly policies: readonly (PolicyDescription & { readonly id: string; readonly action: string })[];
}

async function runList({ json }: ListFlags): Promise<ExitCode> {
  const packs = await Promise.all(policyPacks.map(listed));
  if (json) process.stdout.write(`${JSON.stringify({ packs }, null, 2)}\n`);
  else process.stdout.write(printableLines(`${packs.flatMap(linesOf).join('\n')}\n`));
  return exitCodes.ok;
}

async function listed(pack: (typeof policyPacks)[number]): Promise<ListedPack> {
  const policies = await packedPolicies(pack);
  const read = await Promise.all(policies.map(({ id, file }) => describe(id, file)));
  return { id: pack.id, title: pack.title, policies: read.flat() };
}

async function describe(id: string, file: string): Promise<ListedPack['policies']> {
  const { set, descriptions } = await loadPolicies([file]);
  const action = set.bindings[0]?.actions[0]?.toLowerCase() ?? 'deny';
  return [...descriptions.values()].map((one) => ({ id, action, ...one }));
}

function linesOf({ id, title, policies }: ListedPack): string[] {
  const width = Math.max(...policies.map((one) => one.id.length));
  return [
    `${id}: ${title}`,
    ...policies.map(
      (one) => `  ${one.id.padEnd(width)}  ${one.action.padEnd(5)} ${one.severity.padEnd(8)}  ${one.title}`,
    ),
    '',
  ];
}
