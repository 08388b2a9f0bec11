import type { Command } from 'commander';
import { printableLines } from '#foundation/index.ts';
import { policiesNamed, readText } from '#policy/packs/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { complain } from './files.ts';

export function declareShow(group: Command, finish: Finish): void {
  group
    .command('show')
    .argument('<id>', 'a pack, or a policy as list names it')
    .description('Prints policies with their bindings as YAML, for kubectl apply -f -.')
    .action(async (id: string) => finish(await runShow(id)));
}

async function runShow(id: string): Promise<ExitCode> {
  const policies = await policiesNamed(id);
  if (policies.length === 0) {
    complain([`there is no pack and no policy ${JSON.stringify(id)}; "plimsoll policy list" names them`]);
    return exitCodes.usage;
  }
  const texts: string[] = [];
  for (const { file } of policies) {
    const text = await readText(file);
    if (!text.ok) {
      complain([text.error]);
      return exitCodes.notAssessed;
    }
    texts.push(text.value);
  }
  process.stdout.write(printableLines(texts.join('---\n')));
  return exitCodes.ok;
}
