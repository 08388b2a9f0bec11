import type { Unit } from '../evidence.ts';

/**
 * The words of the last ExecStart that holds, with the drop-ins applied: an empty one takes back those before it. Undefined where there is
 * none. Words with variables stay as they are written.
 */
export function execStartOf({ text, dropIns }: Unit): string[] | undefined {
  let command: string | undefined;
  for (const source of [text, ...dropIns.map((dropIn) => dropIn.text)])
    for (const line of logicalLines(source)) {
      const value = /^\s{0,16}ExecStart\s{0,16}=\s{0,16}(.*)$/s.exec(line)?.[1];
      if (value !== undefined) command = value.trim() === '' ? undefined : value.trim();
    }
  return command === undefined ? undefined : wordsOf(command.replace(/^[-@:+!|]{1,8}/, ''));
}

/** Lines that end with a backslash go on. */
function logicalLines(text: string): string[] {
  return text
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => !/^\s{0,16}[#;]/.test(line));
}

function wordsOf(command: string): string[] {
  return (command.match(/"[^"]{0,4096}"|'[^']{0,4096}'|[^\s"']{1,4096}/g) ?? []).map((word) =>
    /^(["']).*\1$/s.test(word) ? word.slice(1, -1) : word,
  );
}
