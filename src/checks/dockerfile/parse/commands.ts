import type { Command, Instruction, ShellWord, Word } from '../document.ts';
import { parseShell, type ShellBudget } from '../shell/parse.ts';
import { programOf } from '../shell/program.ts';
import { type JoinedText, offsetOf } from './lines.ts';

interface CommandReading {
  readonly isPosix: boolean;
  readonly budget: ShellBudget;
}

/** Commands of an instruction: of its line, or of the here-documents that are scripts. */
export function commandsOf(
  { form, words, heredocs }: Pick<Instruction, 'form' | 'words' | 'heredocs'>,
  line: JoinedText,
  { isPosix, budget }: CommandReading,
): Command[] {
  if (form === 'json') return argumentList(words, budget);
  if (!isPosix) return [];
  const place = { isExact: true, offset: (at: number, isEnd: boolean) => offsetOf(line, at, isEnd) };
  const ofLine = parseShell(line.text, place, budget);
  const scripts = isScript(line.text, ofLine)
    ? heredocs.flatMap(({ content, start }) => {
        if (isForOtherProgram(content)) return [];
        return parseShell(content, { isExact: true, offset: (at) => start + at }, budget);
      })
    : [];
  return [...ofLine, ...scripts];
}

/** Whether here-documents are what is run: alone in the line, or given to a shell. */
function isScript(line: string, commands: readonly Command[]): boolean {
  if (line.trimStart().startsWith('<<')) return true;
  const [first] = commands;
  return commands.length === 1 && first !== undefined && /^(?:ba|da|a|k|z)?sh$/.test(first.program);
}

/** `#!/usr/bin/env python3`: https://docs.docker.com/reference/dockerfile/#example-running-a-multi-line-script. */
function isForOtherProgram(content: string): boolean {
  const [, interpreter] = /^#![ \t]{0,9}(\S.{0,200})/.exec(content) ?? [];
  return interpreter !== undefined && !/(?:^|[/ ])(?:ba|da|a|k|z)?sh(?:[ \t\r]|$)/.test(interpreter);
}

/** The JSON form is one command, run without a shell. One that is a shell has its script read. */
function argumentList(words: readonly Word[], budget: ShellBudget): Command[] {
  const [first] = words;
  const last = words.at(-1);
  if (!first || !last) return [];
  const list: ShellWord[] = words.map(({ value, start, end }) => ({ value, start, end, commands: [] }));
  const span = { start: first.start, end: last.end };
  const parts = { joiner: 'start', depth: 0, assignments: [], redirections: [], isExact: false } as const;
  const command: Command = { ...parts, words: list, ...programOf(list), ...span };
  return [command, ...scriptIn(command, words, budget)];
}

function scriptIn({ program }: Command, words: readonly Word[], budget: ShellBudget): Command[] {
  const option = words.findIndex(({ value }) => /^-[a-z]{0,10}c$/.test(value));
  const script = option < 0 ? undefined : words[option + 1];
  if (!script || !/^(?:ba|da|a|k|z)?sh$/.test(program)) return [];
  const { start, end } = script;
  return parseShell(script.value, { isExact: false, offset: (_, isEnd) => (isEnd ? end : start) }, budget, 1);
}
