import type { Command } from 'commander';
import { printable } from '#foundation/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { wantsColor, writeAll } from '../../terminal.ts';
import type { Explainable, Explanation } from './explanation.ts';
import { everythingExplainable, findExplainable, suggestions } from './find.ts';
import { renderChoice, renderTopic } from './render.ts';
import { declareVulnerabilityOptions, explainVulnerability, type VulnerabilityFlags } from './vulnerability.ts';

interface ExplainFlags extends VulnerabilityFlags {
  readonly in?: string;
}

export function declareExplainCommand(program: Command, finish: Finish): void {
  const command = program
    .command('explain')
    .argument('<id...>', 'a check, control, clause, standard, policy or rule; with --in a vulnerability')
    .description(
      'Tells in plain words what something is, why it matters, how attackers use it and what to do; of a vulnerability, what it means in one artifact.',
    )
    .option('--in <target>', 'image reference, archive, SBOM, directory or "host": explain a vulnerability in it')
    .option('--json', 'for programs')
    .option('-v, --verbose', 'every reference, every related thing, every step')
    .option('-q, --quiet', 'no progress');
  declareVulnerabilityOptions(command);
  command.addHelpText('after', HELP);
  command.action(async (words: readonly string[], flags: ExplainFlags) =>
    finish(await runExplain(words.join(' '), flags)),
  );
}

const HELP = `
Examples:
  plimsoll explain kubernetes-privileged          a check
  plimsoll explain DL3002                         the same by the name that another tool has for it
  plimsoll explain AC-6                           a control of NIST SP 800-53
  plimsoll explain nist-800-190:4.1.1             a clause; also: cis-docker 5.4
  plimsoll explain build-gate/no-secrets          a policy
  plimsoll explain CVE-2024-3094 --in host        a vulnerability in this machine`;

async function runExplain(words: string, flags: ExplainFlags): Promise<ExitCode> {
  if (flags.in !== undefined) return explainVulnerability(words, flags.in, flags);
  const all = await everythingExplainable();
  const found = findExplainable(words, all);
  if (found.length === 0) return notFound(words, all);
  const topics = await Promise.all(found.map((one) => one.explain()));
  await writeAll(
    process.stdout,
    flags.json ? [`${JSON.stringify({ explanations: topics }, null, 2)}\n`] : told(topics, flags),
  );
  return exitCodes.ok;
}

/** What has several meanings is not guessed: all of them are named. */
function told(topics: readonly Explanation[], flags: ExplainFlags): string[] {
  const [topic, ...others] = topics;
  if (topic === undefined) return [];
  return [others.length === 0 ? renderTopic(topic, renderOptions(flags)) : renderChoice(topics, renderOptions(flags))];
}

function renderOptions({ verbose }: ExplainFlags) {
  return {
    color: wantsColor(process.stdout, process.env),
    width: process.stdout.columns || 100,
    verbose: verbose === true,
  };
}

const VULNERABILITY = /^(?:cve|ghsa|dsa|dla|usn|rhsa|elsa|alas|go|pysec|rustsec|osv|mal)-/i;

function notFound(words: string, all: readonly Explainable[]): ExitCode {
  const shown = printable(words.slice(0, 80));
  if (VULNERABILITY.test(words)) {
    process.stderr.write(`plimsoll: ${shown} is a vulnerability: say where it is to be explained, with --in TARGET\n`);
    return exitCodes.usage;
  }
  const near = suggestions(words, all);
  const hint =
    near.length === 0
      ? 'plimsoll report compliance --list and plimsoll policy list show what there is'
      : `near to it: ${near.join(', ')}`;
  process.stderr.write(`plimsoll: nothing here is called ${JSON.stringify(shown)}; ${hint}\n`);
  return exitCodes.usage;
}
