import type { Command } from '../document.ts';
import { hasOption, isProgram } from './options.ts';

const interpreter = /^(?:(?:ba|da|a|k|z|fi)?sh|python[\d.]{0,5}|perl|ruby|node|php|pwsh)$/;

/** Whether a command gets something from the network. */
export function fetches(command: Command): boolean {
  return isProgram(command, 'curl', 'wget', 'aria2c', 'http', 'fetch');
}

/** Commands that run what another one fetched: `curl … | sh`, `sh -c "$(curl …)"`, `bash <(curl …)`. */
export function* scriptsFromNetwork(commands: readonly Command[]): Generator<Command> {
  let feeds = false;
  for (const command of commands) {
    feeds = fetches(command) || (command.joiner === '|' && feeds);
    const isFed = command.joiner === '|' && feeds && readsScript(command);
    if (isFed || runsSubstitution(command)) yield command;
  }
}

function runsSubstitution({ program, arguments: words }: Command): boolean {
  const runs = interpreter.test(program) || program === 'eval' || program === 'source' || program === '.';
  return runs && words.some((word) => word.commands.some(fetches));
}

/** Whether an interpreter takes its program from its input. */
function readsScript({ program, arguments: words }: Command): boolean {
  if (!interpreter.test(program) || hasOption(words, '-c', '-e', '-m')) return false;
  const first = words.find(({ value }) => value === '-' || !value.startsWith('-'));
  return (
    first === undefined ||
    first.value === '-' ||
    words[0]?.value === '-s' ||
    /^-[a-z]{0,5}s/.test(words[0]?.value ?? '')
  );
}
