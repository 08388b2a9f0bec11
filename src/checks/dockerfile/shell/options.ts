import type { Command, ShellWord } from '../document.ts';

/** Whether an option is among the words: `-y`, also in a cluster (`-qqy`), or a long one, also with a value. */
export function hasOption(words: readonly ShellWord[], ...names: readonly string[]): boolean {
  return optionOf(words, ...names) !== undefined;
}

export function optionOf(words: readonly ShellWord[], ...names: readonly string[]): ShellWord | undefined {
  return words.find(({ value }) => names.some((name) => isOption(value, name)));
}

function isOption(word: string, name: string): boolean {
  if (word === name || word.startsWith(`${name}=`)) return true;
  const isLetter = name.length === 2 && name.startsWith('-');
  return isLetter && /^-[A-Za-z]{2,20}$/.test(word) && word.includes(name.slice(1));
}

/** Words that are no options and no values of options that take one as a word of its own. */
export function operandsOf(words: readonly ShellWord[], withValue: ReadonlySet<string> = new Set()): ShellWord[] {
  const operands: ShellWord[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word) break;
    if (withValue.has(word.value)) at += 1;
    else if (!word.value.startsWith('-')) operands.push(word);
  }
  return operands;
}

export function isProgram({ program }: Command, ...names: readonly string[]): boolean {
  return names.includes(program);
}
