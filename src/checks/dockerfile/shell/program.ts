import type { ShellWord } from '../document.ts';

export interface Program {
  readonly program: string;
  readonly arguments: readonly ShellWord[];
  readonly wrappers: readonly string[];
}

/** Programs that run what their arguments say, and which of their options take a word of their own. */
const wrappers = new Map<string, ReadonlySet<string>>([
  ['sudo', new Set(['-u', '-g', '-U', '-C', '-h', '-p', '--user', '--group'])],
  ['doas', new Set(['-u', '-C'])],
  ['env', new Set(['-u', '-C', '-S'])],
  ['exec', new Set(['-a'])],
  ['command', new Set()],
  ['builtin', new Set()],
  ['eatmydata', new Set()],
  ['nohup', new Set()],
  ['time', new Set()],
  ['nice', new Set(['-n'])],
  ['ionice', new Set(['-c', '-n'])],
  ['timeout', new Set(['-s', '-k'])],
  ['xargs', new Set(['-a', '-d', '-E', '-I', '-L', '-n', '-P', '-s'])],
]);

const MAX_WRAPPERS = 8;

export function programOf(words: readonly ShellWord[]): Program {
  const passed: string[] = [];
  let at = 0;
  while (passed.length < MAX_WRAPPERS) {
    const name = baseName(words[at]?.value ?? '');
    const withValue = wrappers.get(name);
    if (!withValue) return { program: name, arguments: words.slice(at + 1), wrappers: passed };
    passed.push(name);
    at = afterOptions(words, at + 1, withValue);
    if (name === 'timeout') at += 1;
  }
  return { program: '', arguments: [], wrappers: passed };
}

/** Index of the word after a wrapper's options and assignments. */
function afterOptions(words: readonly ShellWord[], from: number, withValue: ReadonlySet<string>): number {
  let at = from;
  for (; at < words.length; at++) {
    const value = words[at]?.value ?? '';
    if (withValue.has(value)) at += 1;
    else if (!value.startsWith('-') && !isAssignment(value)) break;
  }
  return at;
}

export function isAssignment(word: string): boolean {
  return /^[A-Za-z_]\w{0,200}\+?=/.test(word);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
