import type { Dockerfile, Instruction } from './parse.ts';

/** A word of a shell command with its place in the file. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Quoted or made of variables: not what it seems, so it is never edited. */
  readonly isPlain: boolean;
}

/** One call of a package manager that installs. */
export interface InstallLine {
  readonly manager: string;
  /** What is to be installed. */
  readonly packages: readonly Word[];
}

export interface InstallLines {
  readonly lines: readonly InstallLine[];
  /** Some RUN instructions are written in a way that is not read here. */
  readonly isPartial: boolean;
}

/** Calls of package managers in all RUN instructions of the shell form. */
export function installLines(file: Dockerfile): InstallLines {
  const lines: InstallLine[] = [];
  let isPartial = false;
  for (const instruction of file.instructions) {
    if (instruction.keyword !== 'RUN') continue;
    const commands = instruction.hasHeredoc ? undefined : commandsOf(file, instruction);
    if (commands === undefined) isPartial ||= mentionsManager(file.text.slice(instruction.start, instruction.end));
    else lines.push(...commands.flatMap(installLine));
  }
  return { lines, isPartial };
}

function mentionsManager(text: string): boolean {
  return /\b(?:apt|apt-get|apk|dnf|microdnf|yum|tdnf|zypper)\b/.test(text);
}

interface Manager {
  readonly verbs: readonly string[];
  /** Options that take the next word. */
  readonly taking: readonly string[];
}

const apt: Manager = {
  verbs: ['install'],
  taking: ['-o', '--option', '-t', '--target-release', '-c', '--config-file'],
};
const dnf: Manager = {
  verbs: ['install'],
  taking: ['-c', '-x', '--installroot', '--setopt', '--enablerepo', '--repo'],
};

const managers: ReadonlyMap<string, Manager> = new Map([
  ['apt-get', apt],
  ['apt', apt],
  [
    'apk',
    { verbs: ['add'], taking: ['-X', '--repository', '-t', '--virtual', '-p', '--root', '--cache-dir', '--keys-dir'] },
  ],
  ['dnf', dnf],
  ['microdnf', dnf],
  ['yum', dnf],
  ['tdnf', dnf],
  ['zypper', { verbs: ['install', 'in'], taking: ['-r', '--repo', '--root', '-R'] }],
]);

/** Words of the shell after which a command begins. */
const openers = new Set(['then', 'do', 'else', '!', '{', 'sudo']);

function installLine(words: readonly Word[]): InstallLine[] {
  let at = 0;
  while (openers.has(words[at]?.text ?? '') || /^(?:[A-Za-z_]\w{0,100}=|--)/.test(words[at]?.text ?? '')) at += 1;
  const manager = words[at]?.text ?? '';
  const known = managers.get(manager);
  if (!known) return [];
  const given: Word[] = [];
  for (let index = at + 1; index < words.length; index++) {
    const word = words[index];
    if (!word) break;
    if (known.taking.includes(word.text)) index += 1;
    else if (!word.text.startsWith('-')) given.push(word);
  }
  const [verb, ...packages] = given;
  return verb && known.verbs.includes(verb.text) ? [{ manager, packages }] : [];
}

/**
 * The simple commands of a RUN instruction. Undefined when it holds anything of the shell that would take a shell to be sure of:
 * subshells, substitutions, comments, an exec form.
 */
function commandsOf({ text, continuation }: Dockerfile, { start, end }: Instruction): Word[][] | undefined {
  const flags = /^(?:--[a-z]{1,20}=\S{1,500}[ \t]{1,100}){0,20}/.exec(text.slice(start, end))?.[0].length ?? 0;
  if (text[start + flags] === '[') return undefined;
  return new ShellReader(text, start + flags, end, continuation).read();
}

class ShellReader {
  readonly #text: string;
  readonly #end: number;
  readonly #continuation: string;
  #at: number;
  #wordStart = -1;
  #isPlain = true;
  #words: Word[] = [];
  readonly #commands: Word[][] = [];

  constructor(text: string, start: number, end: number, continuation: string) {
    this.#text = text;
    this.#at = start;
    this.#end = end;
    this.#continuation = continuation;
  }

  read(): Word[][] | undefined {
    while (this.#at < this.#end) if (!this.#step()) return undefined;
    this.#endCommand();
    return this.#commands;
  }

  /** One character or quoted stretch further; false for what is not read here. */
  #step(): boolean {
    const character = this.#text[this.#at] ?? '';
    if (character === this.#continuation && this.#continues()) return true;
    if (/\s/.test(character)) this.#endWord();
    else if (character === "'" || character === '"') return this.#quoted(character);
    else if (/[;&|]/.test(character)) this.#endCommand();
    else if (/[()`]/.test(character) || (character === '#' && this.#wordStart < 0)) return false;
    else this.#take(character);
    this.#at += 1;
    return !(character === '$' && this.#text[this.#at] === '(');
  }

  #take(character: string): void {
    if (this.#wordStart < 0) this.#wordStart = this.#at;
    if (/[$\\<>*?]/.test(character)) this.#isPlain = false;
    if (character === '\\') this.#at += 1;
  }

  /** Past a line that is continued, and past comments and empty lines after it, which the builder takes out. */
  #continues(): boolean {
    const rest = this.#text.slice(this.#at + 1, Math.min(this.#end, this.#at + 200));
    const blank = /^[ \t]{0,100}\r?\n/.exec(rest)?.[0];
    if (blank === undefined) return false;
    this.#endWord();
    this.#at += 1 + blank.length;
    for (;;) {
      const newline = this.#text.indexOf('\n', this.#at);
      if (newline < 0 || newline >= this.#end || !/^[ \t]*(?:#|\r?$)/.test(this.#text.slice(this.#at, newline)))
        return true;
      this.#at = newline + 1;
    }
  }

  #quoted(quote: string): boolean {
    if (this.#wordStart < 0) this.#wordStart = this.#at;
    this.#isPlain = false;
    for (this.#at += 1; this.#at < this.#end; this.#at++) {
      const character = this.#text[this.#at];
      if (character === quote) {
        this.#at += 1;
        return true;
      }
      if (quote === '"' && character === '\\') this.#at += 1;
      else if (quote === '"' && (character === '`' || this.#text.startsWith('$(', this.#at))) return false;
    }
    return false;
  }

  #endWord(): void {
    const [start, end] = [this.#wordStart, this.#at];
    if (start >= 0) this.#words.push({ text: this.#text.slice(start, end), start, end, isPlain: this.#isPlain });
    this.#wordStart = -1;
    this.#isPlain = true;
  }

  #endCommand(): void {
    this.#endWord();
    if (this.#words.length > 0) this.#commands.push(this.#words);
    this.#words = [];
  }
}
