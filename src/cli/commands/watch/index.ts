import { type Command, Option } from 'commander';
import type { Finish } from '../../program.ts';
import { listSensors } from './list-sensors.ts';
import { runWatch, type WatchFlags } from './run.ts';

export function declareWatchCommand(program: Command, finish: Finish): void {
  program
    .command('watch')
    .description('Watches what containers and this host do while they do it, and says what rules object to.')
    .option('--standalone', 'needs no server: alerts go to this terminal')
    .option(
      '--sensor <id>',
      'bpf, or another tool as `falco:FILE`, `tetragon:-`, `kubernetes-audit:http://127.0.0.1:8765`; default: the best that runs here',
    )
    .option('--list-sensors', 'say which sensors can run here, which cannot and why, and what each does not see')
    .option(
      '--rules <file...>',
      "files or folders of rules in Falco's language, after the ones that the program brings",
    )
    .option('--no-own-rules', 'only the rules of --rules')
    .option('--disable <word...>', 'rules (a name, * stands for anything) or tags (tag=NAME) that are not asked')
    .option('--replay <file>', 'judge a recording instead of this machine; needs no rights')
    .option(
      '--record <file>',
      'write what is seen, to be replayed (.gz is compressed); environments and secrets are left out',
    )
    .option(
      '--container <word>',
      'judge only containers whose id, name or image begins with this; `any` is all containers, `host` is what is in none',
    )
    .addOption(
      new Option('--priority <level>', 'tell alerts from this level on')
        .choices(['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'informational', 'debug'])
        .default('debug'),
    )
    .option('--json', "alerts as Falco's JSON, one a line")
    .option('--no-view', 'lines only, also on a terminal')
    .option('--follow', 'go on with what is appended to the file of another tool')
    .option('--for <seconds>', 'stop after this time', Number)
    .option('--fail-on <level>', 'end with 1 when an alert of this level or a graver one was raised')
    .option('--keep-root', 'do not give up the rights of the process that judges')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: WatchFlags) => finish(flags.listSensors ? await listSensors() : await runWatch(flags)));
}

const EXAMPLES = `
Exit codes: 0 watched without a gap, 1 --fail-on was met, 2 wrong usage, 3 something was not seen (no sensor, lost events, unread input).

Examples:
  sudo plimsoll watch --standalone                        this machine, until Ctrl-C
  sudo plimsoll watch --standalone --container any --json alerts of containers, for another program
  sudo plimsoll watch --standalone --rules falco_rules.yaml
  plimsoll watch --replay incident.jsonl.gz               judge again what was recorded
  plimsoll watch --standalone --sensor tetragon:/var/log/tetragon/tetragon.log --follow`;
